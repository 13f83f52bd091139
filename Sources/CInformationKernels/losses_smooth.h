// What smoothing adds to the cross-entropy of a row with a label.
//
// With b the share of each class in what is spread, the loss is −log p of the label and
// b·Σ(x_y − x), and a derivative p − b; that of the label is (C − 1)·b − (1 − p).

/// A loss of which smoothing adds more is left to the caller.
#define LARGEST_LIFT 0x1p900
/// A derivative whose two parts cancel to less than this share of them has more digits in the
/// definition.
#define CANCELLED 0x1p-23

/// Σ(top − x) over a row.
INLINE double depth_sum(const float *x, size_t count, double top) {
  f64 total = ALL64(0.0);
  for (size_t i = 0; i < count;) {
    f64 sum = ALL64(0.0), other = sum;
    const size_t end = count - i < POWER_BLOCK ? count : i + POWER_BLOCK;
    for (; i + LANES32 <= end; i += LANES32) {
      sum += top - load64_floats(x + i);
      other += top - load64_floats(x + i + LANES64);
    }
    for (; i + LANES64 <= end; i += LANES64) sum += top - load64_floats(x + i);
    for (; i < end; i++) sum[i % LANES64] += top - (double)x[i];
    total += sum + other;
  }
  return lane_sum(total);
}

/// Makes derivatives of the powers in scratch.
///
/// Returns 0 where one cancels too much.
INLINE int smooth_slopes(const LabelRows *rows, size_t label, double rest, double share,
                         double factor) {
  const f64 spread = ALL64(rows->spread * factor), shares = ALL64(share);
  double *scratch = rows->scratch;
  const size_t count = rows->classCount;
  i64 isRough = (i64)0;
  scratch[label] = 0;
  for (size_t i = 0; i < count; i += LANES64) {
    const size_t lanes = count - i < LANES64 ? count - i : LANES64;
    const f64 powers = lanes == LANES64 ? load64(scratch + i) : load64_rest(scratch + i, lanes);
    f64 slope = FMA(powers, shares, -spread);
    const f64 magnitude = __builtin_elementwise_abs(slope);
    isRough |= magnitude < spread * CANCELLED;
    // Below half the smallest float it would be rounded to −0.
    slope = where(magnitude > 0x1p-150, slope);
    memcpy(scratch + i, &slope, lanes * sizeof(double));
  }
  const double kept = (double)(count - 1) * rows->spread * factor;
  const double slope = kept - rest * share;
  const double magnitude = __builtin_fabs(slope);
  scratch[label] = magnitude > 0x1p-150 ? slope : 0.0;
  return !any_lane(isRough) && !(magnitude < kept * CANCELLED);
}
