// What the focal loss makes of the cross-entropy of rows.
//
// With p the probability of the label, u = 1 − p and L = −log p, a row loses uᵞ·L, and its
// derivatives are those of cross-entropy times uᵞ·(1 + γ·L·p/u).

/// A row whose −log uᵞ is more is left to the caller: nothing is too small for a double yet.
#define LARGEST_MODULATION 200.0

/// What is found of rows.
typedef struct {
  f64 losses;
  /// What the derivatives are multiplied by.
  f64 pulls;
  i64 left;
} LEVEL(FocalRows);

/// Of the other powers over that of the label, which are u/p.
INLINE LEVEL(FocalRows) focal_rows(f64 odds, double gamma) {
  const f64 inverse = 1.0 / odds, surprisal = log_one_plus(odds);
  // −log u is the logarithm of 1 + p/u, with the relative accuracy of that.
  const f64 depth = gamma * log_one_plus(inverse);
  LEVEL(FocalRows) rows;
  rows.left = ~(depth <= LARGEST_MODULATION);
  const f64 power = fine_exponential(rows.left ? ALL64(-LARGEST_MODULATION) : -depth);
  rows.losses = power * surprisal;
  rows.pulls = power * FMA(gamma * surprisal, inverse, ALL64(1.0));
  return rows;
}
