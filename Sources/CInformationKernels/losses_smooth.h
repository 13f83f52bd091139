// What smoothing adds to the cross-entropy of a row with a label.
//
// With b the share of each class in what is spread, the loss is −log p of the label and
// b·Σ(x_y − x), and a derivative p − b; that of the label is (C − 1)·b − (1 − p). With class
// weights w, b is w times the share, and with Q the total of what all classes weigh, the loss
// is Q·(−log p) and Σ b·(x_y − x), a derivative Q·p − b and that of the label
// Σ b without its own − Q·(1 − p).

/// A loss of which smoothing adds more is left to the caller.
#define LARGEST_LIFT 0x1p900
/// A derivative whose two parts cancel to less than this share of them has more digits in the
/// definition.
#define CANCELLED 0x1p-23

/// Class weights of which the label's leaves less than this share to the others have more digits
/// in the definition.
#define SMALLEST_OTHERS 0x1p-10
/// So do losses that cancel to a smaller share of their parts.
#define SMALLEST_LOSS 0x1p-9

/// Some weights of classes, which are 1 where there are none.
INLINE f64 class_weights(const double *weights, size_t i, size_t lanes) {
  if (!weights) return ALL64(1.0);
  return lanes == LANES64 ? load64(weights + i) : load64_rest(weights + i, lanes);
}

/// Σ w·(top − x) over a row.
INLINE double depth_sum(const float *x, const double *w, size_t count, double top) {
  f64 total = ALL64(0.0);
  for (size_t i = 0; i < count;) {
    f64 sum = ALL64(0.0), other = sum;
    const size_t end = count - i < POWER_BLOCK ? count : i + POWER_BLOCK;
    for (; i + LANES32 <= end; i += LANES32) {
      sum += class_weights(w, i, LANES64) * (top - load64_floats(x + i));
      other += class_weights(w, i + LANES64, LANES64) * (top - load64_floats(x + i + LANES64));
    }
    for (; i + LANES64 <= end; i += LANES64) {
      sum += class_weights(w, i, LANES64) * (top - load64_floats(x + i));
    }
    for (; i < end; i++) sum[i % LANES64] += (w ? w[i] : 1) * (top - (double)x[i]);
    total += sum + other;
  }
  return lane_sum(total);
}

/// The total Q of what all classes weigh in the loss of a row.
INLINE double smoothed_total(const LabelRows *rows, size_t label) {
  if (!rows->classWeights) return 1;
  return rows->kept * rows->classWeights[label] + rows->spread * rows->totalWeight;
}

/// What a row with class weights loses; NaN where it cancels too much.
INLINE double weighted_loss(double total, double odds, double lift) {
  const double surprisal = total * log_one_plus(ALL64(odds))[0], loss = surprisal + lift;
  return loss >= surprisal * SMALLEST_LOSS && loss < LARGEST_LIFT ? loss : __builtin_nan("");
}

/// Makes derivatives of the powers in scratch, of a share that has the total.
///
/// Returns 0 where one cancels too much.
INLINE int smooth_slopes(const LabelRows *rows, size_t label, double rest, double share,
                         double factor) {
  const double *weights = rows->classWeights;
  const f64 shares = ALL64(share), unit = ALL64(rows->spread * factor);
  double *scratch = rows->scratch;
  const size_t count = rows->classCount;
  i64 isRough = (i64)0;
  scratch[label] = 0;
  for (size_t i = 0; i < count; i += LANES64) {
    const size_t lanes = count - i < LANES64 ? count - i : LANES64;
    const f64 powers = lanes == LANES64 ? load64(scratch + i) : load64_rest(scratch + i, lanes);
    const f64 spread = unit * class_weights(weights, i, lanes);
    f64 slope = FMA(powers, shares, -spread);
    const f64 magnitude = __builtin_elementwise_abs(slope);
    isRough |= magnitude < spread * CANCELLED;
    // Below half the smallest float it would be rounded to −0.
    slope = where(magnitude > 0x1p-150, slope);
    memcpy(scratch + i, &slope, lanes * sizeof(double));
  }
  const double others =
      weights ? rows->totalWeight - weights[label] : (double)(count - 1);
  const double kept = others * rows->spread * factor;
  const double slope = kept - rest * share;
  const double magnitude = __builtin_fabs(slope);
  scratch[label] = magnitude > 0x1p-150 ? slope : 0.0;
  const int isHeavy = weights && !(others >= rows->totalWeight * SMALLEST_OTHERS);
  return !any_lane(isRough) && !isHeavy && !(magnitude < kept * CANCELLED);
}
