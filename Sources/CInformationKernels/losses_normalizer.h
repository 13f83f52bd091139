// The z-loss λ·(log Σ eˣ)² of a row, which keeps the normaliser near 1.
//
// It adds 2λ·log Σ eˣ·p to each derivative of cross-entropy: p·(1 + 2λ·log Σ eˣ) in all, and
// of the label that less 1.

/// What the z-loss of a row does, or NaN for the loss where it cancels too much.
typedef struct {
  double loss;
  /// 2λ·log Σ eˣ.
  double pull;
} LEVEL(Normalizer);

/// Of a row's powers, from which so much was taken off first.
INLINE LEVEL(Normalizer) normalizer(double scale, double shift, double rest, double own) {
  const double total = rest + own;
  const double logTotal = shift + logarithm(ALL64(total))[0];
  const double loss = scale * logTotal * logTotal;
  // The logarithm is right to 2⁻⁴⁴ where its parts cancel, which must not show in the sum with
  // the cross-entropy, of which 1 − p is a part.
  const int isFine = 0.25 * scale * __builtin_fabs(logTotal) <= loss + rest / total;
  return (LEVEL(Normalizer)){isFine ? loss : __builtin_nan(""), 2 * scale * logTotal};
}

/// The label's derivative over what the other powers are multiplied by; NaN where the parts of
/// a derivative cancel too much.
INLINE double pulled_slope(double scale, double pull, double rest, double own) {
  const double raised = pull * own, slope = raised - rest;
  const double size = __builtin_fabs(slope), largest = rest > raised ? rest : raised;
  const int isFine = pull > -0.5 && size >= largest * 0x1p-20 && size >= own * scale * 0x1p-17;
  return isFine ? slope / (1 + pull) : __builtin_nan("");
}
