// The exponentials and logarithms of the losses by themselves, for tests.

/// One function of at most LANES64 numbers.
INLINE f64 probed(f64 x, int function) {
  if (function == loss_probe_exponential) return exponential(x);
  if (function == loss_probe_fine_exponential) return fine_exponential(x);
  return log_one_plus(x);
}

INLINE void probe_numbers(const double *x, double *values, size_t count, int function) {
  for (size_t i = 0; i < count; i += LANES64) {
    const size_t lanes = count - i < LANES64 ? count - i : LANES64;
    const f64 value = probed(load64_rest(x + i, lanes), function);
    memcpy(values + i, &value, lanes * sizeof(double));
  }
}

/// A stage of logits, of which the values are log(1 + e^−|x|) or σ(−|x|).
INLINE void probe_stage(const double *x, double *values, size_t count, int function) {
  LEVEL(SigmoidStage) stage;
  float logits[LEVEL(sigmoid_stage)];
  for (size_t start = 0; start < count; start += LEVEL(sigmoid_stage)) {
    const size_t left = count - start;
    const size_t length = left < LEVEL(sigmoid_stage) ? left : LEVEL(sigmoid_stage);
    for (size_t i = 0; i < length; i++) logits[i] = (float)x[start + i];
    split_logits(&stage, logits, length);
    finish_stage(&stage, length);
    for (size_t i = 0; i < length; i++) {
      values[start + i] = function == loss_probe_log_total ? stage.logTotals[i]
                                                           : stage.a[i] * stage.shares[i];
    }
  }
}

static void LEVEL(probe)(const double *x, double *values, size_t count, int function) {
  switch (function) {
    case loss_probe_exponential: probe_numbers(x, values, count, loss_probe_exponential); break;
    case loss_probe_fine_exponential:
      probe_numbers(x, values, count, loss_probe_fine_exponential);
      break;
    case loss_probe_log_one_plus: probe_numbers(x, values, count, loss_probe_log_one_plus); break;
    default: probe_stage(x, values, count, function);
  }
}
