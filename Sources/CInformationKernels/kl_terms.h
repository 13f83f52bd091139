// The Kullback–Leibler divergence of the softmaxes p and q of two rows of logits.
//
// With w = log p − log q it is Σ p·w, and also Σ p·φ(w), φ(w) = e⁻ʷ − 1 + w, of which no
// term is negative. The first sum takes one pass, and is right to 2⁻³⁷ in nats, so that
// it serves where the divergence is not small. The second keeps the relative accuracy of
// rows that nearly agree.

/// Smaller divergences are summed from terms that are not negative.
#define SMALL_DIVERGENCE 0x1p-9
/// Still smaller ones are left to the caller.
#define LEAST_DIVERGENCE 0x1p-120

/// Σ e^(x − peak), the same of the other row, and Σ e^(x − peak)·((x − peak) − (y − peak)).
typedef struct {
  f64 first, second, products;
} PlainSums;

INLINE void add_plain(PlainSums *sums, Wide64 depths, Wide64 powers) {
  sums->first += powers.low;
  sums->second += powers.high;
  sums->products = FMA(powers.low, depths.low - depths.high, sums->products);
}

/// What the terms of rows that nearly agree are made of.
typedef struct {
  /// 1/Σ e^(x − peak) of each row.
  f64 share, other_share;
  /// log Σ eˣ − log Σ eʸ.
  f64 shift;
  /// The difference of the first logits.
  f64 difference;
} NearScale;

/// What is found of several pairs of rows in one pass, a lane for each.
typedef struct {
  f64 divergences;
  /// What the terms are made of, but for the difference of the first logits.
  NearScale scale;
  /// Whether a pair is done, and whether a second pass may do it.
  i64 is_done, is_small;
} PlainResults;

INLINE PlainResults plain_results(PlainSums sums, f64 peaks, f64 other_peaks) {
  const f64 totals = sums.first, other_totals = sums.second;
  const f64 gap = log_one_plus(totals - 1.0) - log_one_plus(other_totals - 1.0);
  const f64 divergences = sums.products / totals - gap;
  return (PlainResults){
      divergences,
      {1.0 / totals, 1.0 / other_totals, (peaks - other_peaks) + gap, ALL64(0.0)},
      (divergences >= SMALL_DIVERGENCE) & (divergences < __builtin_inf()),
      (divergences < SMALL_DIVERGENCE) & (divergences > -SMALL_DIVERGENCE)};
}

/// Σ p·φ(w), Σ p·w, whether any logits have another difference than the first, and whether
/// any difference is rounded.
typedef struct {
  f64 terms, ratios;
  i64 is_uneven, is_rounded;
} NearSums;

/// (e⁻ʷ − 1 + w)/w² for |w| ≤ ½, right to 2⁻⁴¹.
INLINE f64 remainder_quotient(f64 w) {
  f64 p = FMA(ALL64(0x1.29287135ad7a2p-22), w, ALL64(-0x1.73c395a052571p-19));
  p = FMA(p, w, ALL64(0x1.a0190edf83f23p-16));
  p = FMA(p, w, ALL64(-0x1.a01895551fceap-13));
  p = FMA(p, w, ALL64(0x1.6c16c1af89f25p-10));
  p = FMA(p, w, ALL64(-0x1.111111764ac06p-7));
  p = FMA(p, w, ALL64(0x1.555555554b370p-5));
  p = FMA(p, w, ALL64(-0x1.5555555536f65p-3));
  return FMA(p, w, ALL64(0.5));
}

/// Adds the terms of some pairs of logits, in the lanes where the powers are not 0.
INLINE void add_near(NearSums *sums, const NearScale *scale, Wide64 logits, Wide64 powers) {
  const f64 p = powers.low * scale->share, q = powers.high * scale->other_share;
  const f64 difference = logits.low - logits.high;
  const f64 w = difference - scale->shift;
  const i64 is_near = (w < 0.5) & (w > -0.5);
  const f64 near = p * ((w * w) * remainder_quotient(w));
  const f64 far = FMA(p, w, q - p);
  sums->terms += is_near ? near : far;
  sums->ratios = FMA(p, w, sums->ratios);
  sums->is_uneven |= difference != scale->difference;
  // The one of the smaller magnitude comes out again only if nothing is lost.
  sums->is_rounded |= (logits.low - difference != logits.high) |
                      (difference + logits.high != logits.low);
}

/// Divergences of rows that nearly agree, and those that are left to the caller.
typedef struct {
  f64 divergences;
  i64 left;
} NearResults;

/// The divergences of rows with these sums, a lane for each.
///
/// The shift may be off by some δ. Then Σ p·φ(w) is too large by e^δ − 1 − δ, which is of
/// the second order, and e^δ − 1 is the difference of the two sums, because the q sum to
/// 1. Where a difference of logits is rounded, that is worth at most 2⁻⁵³·|shift|·√(2D).
INLINE NearResults near_results(NearSums sums, f64 shift) {
  const f64 excess = sums.terms - sums.ratios, correction = excess * excess * 0.5;
  const f64 divergences = sums.terms - correction;
  const i64 isRounded = sums.is_rounded, isSame = ~isRounded & ~sums.is_uneven;
  const i64 isFine = (correction <= sums.terms * 0x1p-4) & (divergences >= LEAST_DIVERGENCE) &
                     (divergences < 1.0) & (~isRounded | (divergences >= shift * shift * 0x1p-44));
  return (NearResults){where(~isSame, divergences), ~(isSame | isFine)};
}
