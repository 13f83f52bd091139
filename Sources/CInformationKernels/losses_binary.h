// Losses of one logit and its target each: cross-entropy and focal loss, the
// derivatives, and the exact sum of the losses.

/// The smallest and the largest loss of which the integer lanes hold all bits.
#define SMALLEST_SUMMED 0x1p-38
#define LARGEST_SUMMED 0x1p11

/// So many elements are worked on in stages, each of which is short enough for the
/// processor to overlap the vectors of it.
enum { LEVEL(binary_stage) = 256 };

/// What the logits of a stage give: e^−|x|, log(1 + e^−|x|) and σ(|x|).
typedef struct {
  double powers[LEVEL(binary_stage)];
  double logTotals[LEVEL(binary_stage)];
  double likelier[LEVEL(binary_stage)];
} LEVEL(BinaryStage);

/// The same of one vector, with |x| and σ(−|x|).
typedef struct {
  f64 magnitude, logTotal, likelier, lesser;
} LEVEL(BinaryRow);

/// Floats from one on, with 0 beyond the end.
INLINE f64 floats_at(const float *source, size_t i, size_t count) {
  return i + LANES64 <= count ? load64_floats(source + i)
                              : load64_floats_rest(source + i, count - i);
}

INLINE void raise_stage(LEVEL(BinaryStage) *stage, const float *logits, size_t count) {
  for (size_t i = 0; i < count; i += LANES64) {
    __builtin_prefetch(logits + i + loss_kernel_block);
    const f64 magnitude = __builtin_elementwise_abs(floats_at(logits, i, count));
    store64(stage->powers + i, fine_exponential(LARGER(ALL64(-FLOOR), -magnitude)));
  }
  for (size_t i = 0; i < count; i += LANES64) {
    const f64 power = load64(stage->powers + i);
    // log(1 + e) = 2·artanh(s) with s = e/(2 + e); both quotients in one.
    const f64 total = power + 1.0, sum = power + 2.0;
    const f64 quotient = 1.0 / (total * sum);
    const f64 s = power * (total * quotient);
    const f64 t = s * s;
    f64 q = ALL64(0x1.59830f20005eep-3);
    q = FMA(q, t, ALL64(0x1.a6d10853dff56p-4));
    q = FMA(q, t, ALL64(0x1.1487294ad8da8p-3));
    q = FMA(q, t, ALL64(0x1.3ad83c421c2e9p-3));
    q = FMA(q, t, ALL64(0x1.745f69c23d592p-3));
    q = FMA(q, t, ALL64(0x1.c71c64ce7c491p-3));
    q = FMA(q, t, ALL64(0x1.24924936a674ep-2));
    q = FMA(q, t, ALL64(0x1.9999999986411p-2));
    q = FMA(q, t, ALL64(0x1.5555555555571p-1));
    store64(stage->logTotals + i, FMA(s * t, q, s + s));
    store64(stage->likelier + i, sum * quotient);
  }
}

INLINE LEVEL(BinaryRow) binary_row(const LEVEL(BinaryStage) *stage, f64 x, size_t i) {
  LEVEL(BinaryRow) row;
  row.magnitude = __builtin_elementwise_abs(x);
  row.logTotal = load64(stage->logTotals + i);
  row.likelier = load64(stage->likelier + i);
  row.lesser = load64(stage->powers + i) * row.likelier;
  return row;
}

/// The losses and derivatives of some elements, and which of them the kernel cannot do.
typedef struct {
  f64 losses, slopes;
  i64 hard;
} LEVEL(BinaryTerms);

/// Cross-entropy: a·(−log σ(−x)) + b·(−log σ(x)).
INLINE LEVEL(BinaryTerms) cross_entropy_terms(
    const BinaryElements *elements, LEVEL(BinaryRow) row, f64 x, f64 t) {
  const f64 kept = ALL64(elements->kept), spread = ALL64(elements->spread);
  const f64 a = FMA(kept, 1.0 - t, spread);
  const f64 b = FMA(kept, t, spread) * elements->positiveWeight;
  const i64 isNegative = x < 0.0;
  LEVEL(BinaryTerms) terms;
  terms.losses = FMA(a + b, row.logTotal, (isNegative ? b : a) * row.magnitude);
  const f64 up = a * (isNegative ? row.lesser : row.likelier);
  const f64 down = b * (isNegative ? row.likelier : row.lesser);
  terms.slopes = up - down;
  // Where the two parts of a derivative cancel, the definition has more digits.
  terms.hard = __builtin_elementwise_abs(terms.slopes) < (up + down) * 0x1p-13;
  terms.hard |= ~((t >= 0.0) & (t <= 1.0));
  return terms;
}

/// The same bits for targets that are 0 or 1 and weigh 1.
INLINE LEVEL(BinaryTerms) plain_terms(LEVEL(BinaryRow) row, f64 x, f64 t) {
  const f64 sign = 1.0 - 2.0 * t;
  const i64 isRight = x * sign < 0.0;
  LEVEL(BinaryTerms) terms;
  terms.losses = row.logTotal + (isRight ? ALL64(0.0) : row.magnitude);
  terms.slopes = (isRight ? row.lesser : row.likelier) * sign;
  terms.hard = (i64)0;
  return terms;
}

/// Focal loss of targets that are 0 or 1: w·uᵞ·s with u the probability of the other
/// class and s = −log(1 − u).
INLINE LEVEL(BinaryTerms) focal_terms(
    const BinaryElements *elements, LEVEL(BinaryRow) row, f64 x, f64 t) {
  const f64 gamma = ALL64(elements->gamma);
  const f64 sign = 1.0 - 2.0 * t;
  const i64 isRight = x * sign < 0.0;
  const f64 surprisal = row.logTotal + (isRight ? ALL64(0.0) : row.magnitude);
  const f64 other = isRight ? row.lesser : row.likelier;
  const f64 own = isRight ? row.likelier : row.lesser;
  f64 power;
  i64 isFar = (i64)0;
  if (elements->gamma == 2) {
    power = other * other;
  } else {
    const f64 depth = gamma * (row.logTotal + (isRight ? row.magnitude : ALL64(0.0)));
    isFar = depth > FLOOR;
    power = fine_exponential(isFar ? ALL64(-FLOOR) : -depth);
  }
  const f64 weight = t == 1.0 ? ALL64(elements->positiveWeight) : ALL64(elements->negativeWeight);
  const f64 scale = weight * power;
  LEVEL(BinaryTerms) terms;
  terms.losses = scale * surprisal;
  terms.slopes = scale * FMA(gamma * own, surprisal, other) * sign;
  terms.hard = isFar | ~((t == 0.0) | (t == 1.0));
  return terms;
}

/// What the kernels of one logit compute.
enum { binary_cross_entropy, plain_cross_entropy, focal_loss };

/// What a block has gathered so far.
typedef struct {
  Tally tally;
  size_t vectors;
} LEVEL(BinarySum);

/// Does one vector of a stage, which begins at an element.
INLINE void binary_vector(
    BinaryElements *elements, const LEVEL(BinaryStage) *stage, LEVEL(BinarySum) *sum,
    size_t start, size_t i, size_t count, int kind) {
  const f64 x = floats_at(elements->logits + start, i, count);
  const f64 t = floats_at(elements->targets + start, i, count);
  const LEVEL(BinaryRow) row = binary_row(stage, x, i);
  LEVEL(BinaryTerms) terms = kind == focal_loss ? focal_terms(elements, row, x, t)
                             : kind == plain_cross_entropy ? plain_terms(row, x, t)
                                                           : cross_entropy_terms(elements, row, x, t);
  if (elements->weights) {
    const f64 weights = floats_at(elements->weights + start, i, count);
    terms.losses *= weights;
    terms.slopes *= weights;
  }
  // Infinite logits and NaN.
  terms.hard |= ~(row.magnitude <= (double)FLOOR);
  const size_t lanes = count - i < LANES64 ? count - i : LANES64;
  for (size_t lane = lanes; lane < LANES64; lane++) terms.losses[lane] = 0;
  const f64 losses = FLOATS64(BITS64(terms.losses) & ~terms.hard);
  const i64 isSummed = ((losses >= SMALLEST_SUMMED) & (losses < LARGEST_SUMMED)) | (losses == 0.0);
  tally_add_exact(&sum->tally, FLOATS64(BITS64(losses * (1 / LARGEST_SUMMED)) & isSummed));
  sum->vectors += 1;
  const f32_half slopes =
      __builtin_convertvector(terms.slopes * elements->factor, f32_half) + 0.0f;
  float *gradient = elements->gradient ? elements->gradient + start + i : NULL;
  if (lanes == LANES64 && !__builtin_reduce_or(terms.hard | ~isSummed)) {
    store64(elements->losses + start + i, losses);
    if (gradient) store32_half(gradient, slopes);
    return;
  }
  for (size_t lane = 0; lane < lanes; lane++) {
    const uint16_t place = (uint16_t)(start + i + lane);
    elements->losses[place] = losses[lane];
    if (terms.hard[lane]) {
      elements->hard[elements->hardCount++] = place;
    } else {
      if (gradient) gradient[lane] = slopes[lane];
      if (!isSummed[lane]) elements->apart[elements->apartCount++] = place;
    }
  }
}

INLINE void binary_block(BinaryElements *elements, int kind) {
  LEVEL(BinaryStage) stage;
  LEVEL(BinarySum) sum = {{(i64)0, (i64)0}, 0};
  elements->hardCount = 0;
  elements->apartCount = 0;
  for (size_t start = 0; start < elements->count; start += LEVEL(binary_stage)) {
    const size_t left = elements->count - start;
    const size_t count = left < LEVEL(binary_stage) ? left : LEVEL(binary_stage);
    raise_stage(&stage, elements->logits + start, count);
    size_t i = 0;
    for (; i + LANES64 <= count; i += LANES64) {
      __builtin_prefetch(elements->targets + start + i + loss_kernel_block);
      binary_vector(elements, &stage, &sum, start, i, count, kind);
    }
    if (i < count) binary_vector(elements, &stage, &sum, start, i, count, kind);
  }
  elements->sum = tally_sum(&sum.tally, sum.vectors);
}

/// Whether every target is 0 or 1.
INLINE int are_plain(const float *targets, size_t count) {
  i32 other = (i32)0;
  size_t i = 0;
  for (; i + LANES32 <= count; i += LANES32) {
    const f32 t = load32(targets + i);
    other |= ~((t == 0.0f) | (t == 1.0f));
  }
  int isPlain = !__builtin_reduce_or(other);
  for (; i < count; i++) isPlain &= (targets[i] == 0.0f) | (targets[i] == 1.0f);
  return isPlain;
}

static void LEVEL(binary_cross_entropy)(BinaryElements *elements) {
  const int weighs1 =
      elements->kept == 1 && elements->spread == 0 && elements->positiveWeight == 1;
  if (weighs1 && are_plain(elements->targets, elements->count)) {
    binary_block(elements, plain_cross_entropy);
  } else {
    binary_block(elements, binary_cross_entropy);
  }
}

static void LEVEL(sigmoid_focal)(BinaryElements *elements) { binary_block(elements, focal_loss); }
