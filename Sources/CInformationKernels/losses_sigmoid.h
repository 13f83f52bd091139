// What losses of one logit have in common: the logistic function of |x| and the logarithm
// of its inverse, for many logits at once.
//
// With e^−|x| as a quotient a/b, one division gives all of them:
//
//   σ(|x|) = b/(a + b), σ(−|x|) = a/(a + b), log(1 + e^−|x|) = 2·artanh(a/(a + 2b)).
//
// The work goes through a few short loops over the same few elements. A processor looks
// about a hundred operations ahead: a loop whose chain of dependent operations is short has
// several vectors in that window, one long loop has one.

/// So many elements are worked on at once; what they need stays in the nearest cache.
enum { LEVEL(sigmoid_stage) = 256 };

/// What the logits of a stage give, right to 2⁻⁴⁸.
typedef struct {
  /// e^−|x| = a/b with 0 ≤ a ≤ b, where |x| is at most `FLOOR`.
  _Alignas(64) double a[LEVEL(sigmoid_stage)];
  double b[LEVEL(sigmoid_stage)];
  /// 1/(a + b).
  double shares[LEVEL(sigmoid_stage)];
  /// log(1 + e^−|x|).
  double logTotals[LEVEL(sigmoid_stage)];
  /// −x where the target is 1 and x elsewhere, in easy stages.
  double turned[LEVEL(sigmoid_stage)];
} LEVEL(SigmoidStage);

/// −log₂e in two parts, the rounder, and in powers of f² from the fourth down to none f·coth(f·log(2)/2),
/// by least largest error of 2ᶠ for |f| ≤ ½: 2⁻⁵².
static const double LEVEL(quotient_numbers)[8] = {
    -0x1.71547652b82fep0,   -0x1.777d0ffda0d24p-56, ROUNDER,
    -0x1.0eb123a7505c4p-23, 0x1.63120c0faf361p-17,  -0x1.e50095e08b950p-11,
    0x1.d9303fea18d56p-4,   0x1.71547652b8322p+1};

/// The same for 2·artanh(s)/s in powers of s² from the eighth down to the first, by least
/// largest relative error for 0 ≤ s ≤ ⅓: 2⁻⁴⁸·⁹. That of the power none is 2.
static const double LEVEL(artanh_numbers)[8] = {
    0x1.7f2533810cb47p-3, 0x1.e20d5f88a2f89p-4, 0x1.3eca945b7d67ep-3, 0x1.741e3e038d13bp-3,
    0x1.c71ed827e2196p-3, 0x1.249242af5dc28p-2, 0x1.999999aa5b774p-2, 0x1.555555554dea8p-1};

/// Floats from one on, with 0 beyond the end.
INLINE f64 floats_at(const float *source, size_t i, size_t count) {
  if (i + LANES64 <= count) return load64_floats(source + i);
  // A copy of unknown length would be a call, which takes longer than these few steps.
  float rest[LANES64] = {0};
  for (size_t lane = 0; lane < count - i; lane++) rest[lane] = source[i + lane];
  return load64_floats(rest);
}

/// −|x|·log₂e of a vector as an integer, which goes to b as the exponent of its power, and
/// the rest f, which goes to a.
INLINE void split_vector(LEVEL(SigmoidStage) *stage, size_t i, f64 x) {
  const double *k = LEVEL(quotient_numbers);
  const f64 magnitude = __builtin_elementwise_abs(x);
  const f64 rounded = FMA(magnitude, ALL64(k[0]), ALL64(k[2]));
  const f64 rest = FMA(magnitude, ALL64(k[0]), k[2] - rounded);
  store64(stage->a + i, FMA(magnitude, ALL64(k[1]), rest));
  store64(stage->b + i, FLOATS64(BITS64(rounded) << 52));
}

INLINE void split_logits(LEVEL(SigmoidStage) *stage, const float *logits, size_t count) {
  size_t i = 0;
  for (; i + LANES64 <= count; i += LANES64) split_vector(stage, i, load64_floats(logits + i));
  if (i < count) split_vector(stage, i, floats_at(logits, i, count));
}

/// Where a target is 1, the bit of the sign.
INLINE i32_half sign_of_target(f32_half t) { return (t == 1.0f) & (i32_half)INT32_MIN; }

/// The same bits with the sign turned where that is set.
INLINE f32_half turned(f32_half x, i32_half sign) { return (f32_half)((i32_half)x ^ sign); }

/// Splits logits and turns those of which the target is 1, and returns whether all whole
/// vectors are easy: their targets are 0 or 1, their turned logits from −reach to `FLOOR`.
INLINE int split_turned(
    LEVEL(SigmoidStage) *stage, const float *logits, const float *targets, float reach,
    size_t count) {
  i32_half easy = (i32_half)-1;
  size_t i = 0;
  for (; i + LANES64 <= count; i += LANES64) {
    __builtin_prefetch(logits + i + loss_kernel_block);
    __builtin_prefetch(targets + i + loss_kernel_block);
    const f32_half t = load32_half(targets + i);
    const f32_half u = turned(load32_half(logits + i), sign_of_target(t));
    easy &= ((t == 0.0f) | (t == 1.0f)) & (u >= -reach) & (u <= FLOOR);
    const f64 wide = __builtin_convertvector(u, f64);
    store64(stage->turned + i, wide);
    split_vector(stage, i, wide);
  }
  if (i < count) split_vector(stage, i, floats_at(logits, i, count));
  return __builtin_reduce_and(easy) != 0;
}

/// 2ᶠ = (c + f)/(c − f) with c = f·coth(f·log(2)/2).
INLINE void raise_to_quotients(LEVEL(SigmoidStage) *stage, size_t count) {
  const double *k = LEVEL(quotient_numbers);
  for (size_t i = 0; i < count; i += LANES64) {
    const f64 f = load64(stage->a + i);
    const f64 g = f * f;
    f64 c = FMA(ALL64(k[3]), g, ALL64(k[4]));
    c = FMA(c, g, ALL64(k[5]));
    c = FMA(c, g, ALL64(k[6]));
    c = FMA(c, g, ALL64(k[7]));
    store64(stage->a + i, FLOATS64(BITS64(c + f) + BITS64(load64(stage->b + i))));
    store64(stage->b + i, c - f);
  }
}

/// Both quotients by one division; that of the logarithm goes to its place.
INLINE void divide_quotients(LEVEL(SigmoidStage) *stage, size_t count) {
  for (size_t i = 0; i < count; i += LANES64) {
    const f64 a = load64(stage->a + i), b = load64(stage->b + i);
    const f64 total = a + b, sum = b + total;
    const f64 quotient = 1.0 / (total * sum);
    store64(stage->logTotals + i, a * (total * quotient));
    store64(stage->shares + i, sum * quotient);
  }
}

/// 2·artanh(s) in the place of s.
INLINE void take_logarithms(LEVEL(SigmoidStage) *stage, size_t count) {
  const double *k = LEVEL(artanh_numbers);
  for (size_t i = 0; i < count; i += LANES64) {
    const f64 s = load64(stage->logTotals + i);
    const f64 t = s * s;
    f64 p = FMA(ALL64(k[0]), t, ALL64(k[1]));
    p = FMA(p, t, ALL64(k[2]));
    p = FMA(p, t, ALL64(k[3]));
    p = FMA(p, t, ALL64(k[4]));
    p = FMA(p, t, ALL64(k[5]));
    p = FMA(p, t, ALL64(k[6]));
    p = FMA(p, t, ALL64(k[7]));
    p = FMA(p, t, ALL64(2.0));
    store64(stage->logTotals + i, s * p);
  }
}

/// Goes on from the split logits.
INLINE void finish_stage(LEVEL(SigmoidStage) *stage, size_t count) {
  raise_to_quotients(stage, count);
  divide_quotients(stage, count);
  take_logarithms(stage, count);
}
