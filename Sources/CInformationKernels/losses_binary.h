// Losses of one logit and its target each: cross-entropy and focal loss, the
// derivatives, and the exact sum of the losses.

/// The smallest and the largest loss of which the integer lanes hold all bits.
#define SMALLEST_SUMMED 0x1p-38
#define LARGEST_SUMMED 0x1p11

/// What the kernels of one logit compute: cross-entropy; that of targets that are 0 or 1
/// and weigh 1; focal loss; that with γ = 2.
enum { binary_cross_entropy, plain_cross_entropy, focal_loss, squared_focal_loss };

/// The losses of some elements, their derivatives, and which of them the kernel cannot do.
typedef struct {
  f64 losses, slopes;
  i64 hard;
} LEVEL(BinaryTerms);

/// Cross-entropy: a·(−log σ(−x)) + b·(−log σ(x)).
INLINE LEVEL(BinaryTerms) cross_entropy_terms(
    const BinaryElements *elements, const LEVEL(SigmoidStage) *stage, size_t i, f64 x, f64 t) {
  const f64 kept = ALL64(elements->kept), spread = ALL64(elements->spread);
  const f64 a = FMA(kept, 1.0 - t, spread);
  const f64 b = FMA(kept, t, spread) * elements->positiveWeight;
  const f64 share = load64(stage->shares + i);
  const f64 likelier = load64(stage->b + i) * share, lesser = load64(stage->a + i) * share;
  const i64 isNegative = x < 0.0;
  LEVEL(BinaryTerms) terms;
  terms.losses = FMA(
      a + b, load64(stage->logTotals + i), (isNegative ? b : a) * __builtin_elementwise_abs(x));
  const f64 up = a * (isNegative ? lesser : likelier);
  const f64 down = b * (isNegative ? likelier : lesser);
  terms.slopes = up - down;
  // Where the two parts of a derivative cancel, the definition has more digits.
  terms.hard = __builtin_elementwise_abs(terms.slopes) < (up + down) * 0x1p-13;
  terms.hard |= ~((t >= 0.0) & (t <= 1.0));
  return terms;
}

/// The same of targets that are 0 or 1 and weigh 1, with u = x where the target is 0 and −x
/// where it is 1; slopes are by u. The bits are those of cross_entropy_terms.
INLINE LEVEL(BinaryTerms) plain_terms(const LEVEL(SigmoidStage) *stage, size_t i, f64 u) {
  const i64 isRight = BITS64(u) < 0;
  LEVEL(BinaryTerms) terms;
  terms.losses = load64(stage->logTotals + i) + __builtin_elementwise_max(u, ALL64(0.0));
  terms.slopes =
      (isRight ? load64(stage->a + i) : load64(stage->b + i)) * load64(stage->shares + i);
  terms.hard = (i64)0;
  return terms;
}

/// Focal loss of the same: w·vᵞ·s with v = σ(u), the probability of the other class, and
/// s = −log(1 − v).
INLINE LEVEL(BinaryTerms) focal_terms(
    const BinaryElements *elements, const LEVEL(SigmoidStage) *stage, size_t i, f64 u, f64 t,
    int kind) {
  const LEVEL(BinaryTerms) plain = plain_terms(stage, i, u);
  const f64 surprisal = plain.losses, other = plain.slopes;
  LEVEL(BinaryTerms) terms;
  f64 power, pull;
  if (kind == squared_focal_loss) {
    power = other * other;
    // 2·(1 − v), off by 2⁻⁵² at most, beside v: less than 2⁻⁴² of their sum.
    pull = FMA(ALL64(-2.0), other, ALL64(2.0));
    terms.hard = (i64)0;
  } else {
    const f64 gamma = ALL64(elements->gamma);
    const i64 isRight = u < 0.0;
    const f64 depth = gamma * (load64(stage->logTotals + i) + (isRight ? -u : ALL64(0.0)));
    terms.hard = depth > FLOOR;
    power = fine_exponential(terms.hard ? ALL64(-FLOOR) : -depth);
    pull = gamma * ((isRight ? load64(stage->b + i) : load64(stage->a + i)) *
                    load64(stage->shares + i));
  }
  const f64 weight = t == 1.0 ? ALL64(elements->positiveWeight) : ALL64(elements->negativeWeight);
  const f64 scale = weight * power;
  terms.losses = scale * surprisal;
  terms.slopes = scale * FMA(pull, surprisal, other);
  return terms;
}

/// Adds losses below 2¹¹ to a tally in units that are 2¹¹ times its own.
INLINE void tally_add_losses(Tally *tally, f64 losses) {
  const f64 rounded = losses + TALLY_HIGH * LARGEST_SUMMED;
  tally->high += BITS64(rounded);
  tally->low += BITS64(
      (losses - (rounded - TALLY_HIGH * LARGEST_SUMMED)) + TALLY_LOW * LARGEST_SUMMED);
}

/// The sum after so many additions.
INLINE FixedPointSum tally_sum_losses(Tally tally, size_t additions) {
  // The constants that were added have a larger exponent than the tally takes away.
  const i64 excess = (i64)(int64_t)(((uint64_t)11 << 52) * additions);
  tally.high -= excess;
  tally.low -= excess;
  return tally_sum(&tally, additions);
}

INLINE f32_half scaled_slopes(const BinaryElements *elements, f64 slopes) {
  return __builtin_convertvector(slopes * elements->factor, f32_half);
}

/// The terms of any logits and targets, with slopes by x.
INLINE LEVEL(BinaryTerms) careful_terms(
    const BinaryElements *elements, const LEVEL(SigmoidStage) *stage, size_t i, f64 x, f64 t,
    int kind) {
  LEVEL(BinaryTerms) terms;
  if (kind == plain_cross_entropy || kind == binary_cross_entropy) {
    terms = cross_entropy_terms(elements, stage, i, x, t);
  } else {
    terms = focal_terms(elements, stage, i, t == 1.0 ? -x : x, t, kind);
    terms.slopes = t == 1.0 ? -terms.slopes : terms.slopes;
    terms.hard |= ~((t == 0.0) | (t == 1.0));
  }
  // Infinite logits and NaN.
  terms.hard |= ~(__builtin_elementwise_abs(x) <= (double)FLOOR);
  return terms;
}

INLINE i64 first_lanes(size_t count) {
  i64 lanes;
  for (int lane = 0; lane < LANES64; lane++) lanes[lane] = lane;
  return lanes < (int64_t)count;
}

/// Does one vector of a stage, which begins at an element, whatever its elements are.
INLINE void careful_vector(
    BinaryElements *elements, const LEVEL(SigmoidStage) *stage, Tally *tally, size_t start,
    size_t i, size_t count, int kind) {
  const f64 x = floats_at(elements->logits + start, i, count);
  const f64 t = floats_at(elements->targets + start, i, count);
  LEVEL(BinaryTerms) terms = careful_terms(elements, stage, i, x, t, kind);
  if (elements->weights) {
    const f64 weights = floats_at(elements->weights + start, i, count);
    terms.losses *= weights;
    terms.slopes *= weights;
  }
  const size_t lanes = count - i < LANES64 ? count - i : LANES64;
  terms.hard &= first_lanes(lanes);
  const f64 losses = FLOATS64(BITS64(terms.losses) & ~terms.hard & first_lanes(lanes));
  const i64 isSummed = ((losses >= SMALLEST_SUMMED) & (losses < LARGEST_SUMMED)) | (losses == 0.0);
  tally_add_losses(tally, FLOATS64(BITS64(losses) & isSummed));
  // The sum makes +0 of −0.
  const f32_half slopes = scaled_slopes(elements, terms.slopes) + 0.0f;
  float *gradient = elements->gradient ? elements->gradient + start + i : NULL;
  double *kept = elements->losses ? elements->losses + start + i : NULL;
  const int isSimple = !__builtin_reduce_or(terms.hard | ~isSummed);
  if (isSimple && lanes == LANES64) {
    if (kept) store64(kept, losses);
    if (gradient) store32_half(gradient, slopes);
    return;
  }
  for (size_t lane = 0; lane < lanes; lane++) {
    if (kept) kept[lane] = losses[lane];
    const int isHard = !isSimple && terms.hard[lane];
    if (gradient && !isHard) gradient[lane] = slopes[lane];
    if (isHard) elements->hard[elements->hardCount++] = (uint16_t)(start + i + lane);
    if (!isSimple && !isSummed[lane]) elements->apart[elements->apartCount++] = losses[lane];
  }
}

/// Does a stage of which all targets are 0 or 1 and all losses in the range of the sum.
INLINE Tally easy_stage(
    const BinaryElements *elements, const LEVEL(SigmoidStage) *stage, Tally tally, size_t start,
    size_t count, int kind) {
  const BinaryElements all = *elements;
  for (size_t i = 0; i < count; i += LANES64) {
    const f32_half t = load32_half(all.targets + start + i);
    const f64 u = load64(stage->turned + i);
    const LEVEL(BinaryTerms) terms =
        kind == plain_cross_entropy
            ? plain_terms(stage, i, u)
            : focal_terms(&all, stage, i, u, __builtin_convertvector(t, f64), kind);
    tally_add_losses(&tally, terms.losses);
    if (all.losses) store64(all.losses + start + i, terms.losses);
    if (all.gradient) {
      const f32_half slopes = turned(scaled_slopes(&all, terms.slopes), sign_of_target(t));
      store32_half(all.gradient + start + i, slopes + 0.0f);
    }
  }
  return tally;
}

INLINE void binary_block(BinaryElements *elements, int kind) {
  LEVEL(SigmoidStage) stage;
  Tally tally = {(i64)0, (i64)0};
  elements->hardCount = 0;
  elements->apartCount = 0;
  const int canBeEasy =
      !elements->weights && (kind == plain_cross_entropy || kind == squared_focal_loss);
  for (size_t start = 0; start < elements->count; start += LEVEL(sigmoid_stage)) {
    const size_t left = elements->count - start;
    const size_t count = left < LEVEL(sigmoid_stage) ? left : LEVEL(sigmoid_stage);
    const float *logits = elements->logits + start, *targets = elements->targets + start;
    int isEasy = 0;
    if (canBeEasy) {
      isEasy = split_turned(&stage, logits, targets, elements->reach, count);
    } else {
      split_logits(&stage, logits, count);
    }
    finish_stage(&stage, count);
    size_t i = 0;
    if (isEasy) {
      i = count - count % LANES64;
      tally = easy_stage(elements, &stage, tally, start, i, kind);
    }
    for (; i < count; i += LANES64) {
      careful_vector(elements, &stage, &tally, start, i, count, kind);
    }
  }
  elements->sum = tally_sum_losses(tally, (elements->count + LANES64 - 1) / LANES64);
}

static void LEVEL(binary_cross_entropy)(BinaryElements *elements) {
  if (elements->kept == 1 && elements->spread == 0 && elements->positiveWeight == 1) {
    binary_block(elements, plain_cross_entropy);
  } else {
    binary_block(elements, binary_cross_entropy);
  }
}

static void LEVEL(sigmoid_focal)(BinaryElements *elements) {
  binary_block(elements, elements->gamma == 2 ? squared_focal_loss : focal_loss);
}
