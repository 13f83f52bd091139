// log Σ eˣ, softmax and its logarithm of rows of doubles, right to 2⁻⁶² before they are rounded.

/// A log-sum-exp of which the parts cancel to less than this share of the largest logit is left
/// to the caller.
#define LARGEST_CANCELLATION 0x1p-4

/// What is asked of rows, for the compiler to make a loop of each.
enum { DOUBLE_LOG_SUM_EXP, DOUBLE_SOFTMAX, DOUBLE_LOG_SOFTMAX };

/// log Σ eˣ of rows; those where it cancels are left.
INLINE f64 double_log_sum_exps(LEVEL(DoubleRows) *rows, const double *table) {
  const Pair logs = double_log_one_plus(rows->others, table);
  const Pair sums = word_plus_double(logs, rows->peaks);
  const f64 size = __builtin_elementwise_abs(rows->peaks) * LARGEST_CANCELLATION;
  rows->left |= ~(__builtin_elementwise_abs(sums.high) >= size);
  return sums.high;
}

/// What is made of the classes of rows.
typedef struct {
  int function;
  f64 peaks;
  /// 1 over the totals of the powers, or the logarithms of these.
  Pair scales, logs;
} LEVEL(ClassOutputs);

INLINE LEVEL(ClassOutputs) class_outputs(const LEVEL(DoubleRows) *rows,
                                         int function, const double *table) {
  LEVEL(ClassOutputs) outputs = {.function = function, .peaks = rows->peaks};
  if (function == DOUBLE_SOFTMAX) {
    const Pair one = {ALL64(1.0), ALL64(0.0)};
    outputs.scales = word_over(one, word_plus_double(rows->others, ALL64(1.0)));
  } else {
    outputs.logs = double_log_one_plus(rows->others, table);
  }
  return outputs;
}

/// The output of a class with these logits and powers.
INLINE f64 class_output(const LEVEL(ClassOutputs) *outputs, f64 x, Pair powers) {
  if (outputs->function == DOUBLE_SOFTMAX) return scaled_double(powers, outputs->scales);
  const Pair depths = two_sum(x, -outputs->peaks);
  const i64 isFinite = depths.high > -__builtin_inf();
  const Pair heights = {where(isFinite, -depths.high), where(isFinite, -depths.low)};
  const f64 logs = 0.0 - word_plus(heights, outputs->logs).high;
  return isFinite ? logs : depths.high;
}

/// Does rows of few classes from one on, as many as there are lanes or fewer.
INLINE void few_double_outputs(const DoubleFunctionRows *call, size_t row, size_t rowCount,
                               int function) {
  const size_t count = call->classCount, start = row * count;
  prefetch(call->logits + start, LANES64 * count * sizeof(double));
  double room[LANES64 * loss_kernel_few_classes];
  const double *x = whole_rows(call->logits + start, count, rowCount, room);
  LEVEL(FewDoubles) few;
  LEVEL(DoubleRows) found = raise_few_rows(&few, x, count, (i64)-1, call->powers);
  found.left |= ~has_finite_peak(&found);
  if (function == DOUBLE_LOG_SUM_EXP) {
    const f64 sums = double_log_sum_exps(&found, call->logarithms);
    memcpy(call->output + row, &sums, rowCount * sizeof(double));
  } else {
    double *target = rowCount == LANES64 ? call->output + start : room;
    const LEVEL(ClassOutputs) outputs = class_outputs(&found, function, call->logarithms);
    for (size_t c = 0; c < count; c++) {
      const f64 column = class_output(&outputs, load64(few.x[c]), few.powers[c]);
      store_column(target + c, count, column);
    }
    if (target == room) memcpy(call->output + start, room, rowCount * count * sizeof(double));
  }
  for (size_t lane = 0; lane < rowCount; lane++) call->states[row + lane] = found.left[lane] != 0;
}

/// Does a row of many classes.
INLINE void long_double_output(const DoubleFunctionRows *call, size_t row,
                               int function) {
  const size_t count = call->classCount;
  const double *x = call->logits + row * count;
  LEVEL(DoubleRows) found = raise_long_row(x, count, -1, call->scratch, call->powers);
  found.left |= ~has_finite_peak(&found);
  if (function == DOUBLE_LOG_SUM_EXP) {
    call->output[row] = double_log_sum_exps(&found, call->logarithms)[0];
  } else {
    const LEVEL(ClassOutputs) outputs = class_outputs(&found, function, call->logarithms);
    for (size_t i = 0; i < count; i += LANES64) {
      const size_t lanes = count - i < LANES64 ? count - i : LANES64;
      const double *powers = call->scratch + 2 * i;
      const f64 logits = lanes == LANES64 ? load64(x + i) : last_doubles(x + i, lanes);
      const f64 column =
          class_output(&outputs, logits, (Pair){load64(powers), load64(powers + LANES64)});
      memcpy(call->output + row * count + i, &column, lanes * sizeof(double));
    }
  }
  call->states[row] = found.left[0] != 0;
}

INLINE void double_outputs(const DoubleFunctionRows *call, int function) {
  const int isFew = call->classCount <= loss_kernel_few_classes;
  for (size_t row = 0; row < call->rowCount; row += isFew ? LANES64 : 1) {
    const size_t rest = call->rowCount - row;
    if (isFew) {
      few_double_outputs(call, row, rest < LANES64 ? rest : LANES64, function);
    } else {
      long_double_output(call, row, function);
    }
  }
}

static void LEVEL(log_sum_exp_doubles)(const DoubleFunctionRows *call) {
  double_outputs(call, DOUBLE_LOG_SUM_EXP);
}

static void LEVEL(softmax_doubles)(const DoubleFunctionRows *call) {
  double_outputs(call, DOUBLE_SOFTMAX);
}

static void LEVEL(log_softmax_doubles)(const DoubleFunctionRows *call) {
  double_outputs(call, DOUBLE_LOG_SOFTMAX);
}
