// Cross-entropy of long rows with a distribution over the classes each.
//
// With k the class of the largest logit, z = x − x_k, r the sum of the other powers and Q the
// total of the targets q, the loss is Σ q·(−z) + Q·log(1 + r): no term is negative. The
// derivative Q·p − q is one difference, but that of k is p·(Q − q_k) − q_k·(1 − p), of which
// both factors are sums of what the other classes have.

/// A row, and where its powers go.
typedef struct {
  const float *x, *q;
  double *scratch;
  size_t count;
  double peak;
  LEVEL(TargetMix) mix;
} LEVEL(TargetRow);

/// What a vector of classes weighs.
INLINE f64 row_masses(const LEVEL(TargetRow) *row, size_t i) {
  const f64 q = load64_floats(row->q + i);
  if (!row->mix.isMixed) return q;
  const f64 weights = row->mix.weights ? load64(row->mix.weights + i) : ALL64(1.0);
  return mixed_targets(row->mix, q, weights);
}

/// What is summed over the classes of a row.
typedef struct {
  f64 powers, targets, depths;
} LEVEL(TargetSums);

/// The largest logit; NaN does not count.
INLINE float target_peak(const float *x, size_t count) {
  f32_half peaks = load32_half(x + count - LANES64), others = peaks;
  size_t i = 0;
  for (; i + 2 * LANES64 <= count; i += 2 * LANES64) {
    peaks = LARGER(load32_half(x + i), peaks);
    others = LARGER(load32_half(x + i + LANES64), others);
  }
  for (; i + LANES64 <= count; i += LANES64) peaks = LARGER(load32_half(x + i), peaks);
  return largest_lane(LARGER(peaks, others));
}

/// The first class with the peak.
INLINE size_t class_of_peak(const float *x, size_t count, float peak) {
  size_t i = 0;
  for (; i + LANES64 <= count; i += LANES64) {
    if (__builtin_reduce_or(load32_half(x + i) == peak)) break;
  }
  while (i < count - 1 && x[i] != peak) i++;
  return i;
}

/// Adds up to a group of whole vectors.
INLINE void add_classes(LEVEL(TargetSums) *sums, const LEVEL(TargetRow) *row, size_t i, int count) {
  f64 z[POWER_GROUP];
  UNROLLED for (int v = 0; v < count; v++) {
    const f64 q = row_masses(row, i + v * LANES64);
    z[v] = load64_floats(row->x + i + v * LANES64) - row->peak;
    sums->targets += q;
    // A class that cannot be loses nothing where it is not wanted.
    sums->depths += where(q != 0.0, q * z[v]);
    z[v] = LARGER(ALL64(-(double)FLOOR), z[v]);
  }
  fine_exponentials(z, count);
  UNROLLED for (int v = 0; v < count; v++) {
    sums->powers += z[v];
    store64(row->scratch + i + v * LANES64, z[v]);
  }
}

/// Adds the last classes of a row, fewer than a vector, from one that reaches back to where the
/// powers are the same again.
INLINE void add_last_classes(LEVEL(TargetSums) *sums, const LEVEL(TargetRow) *row, size_t i) {
  const i64 lanes = {0, 1, 2, 3, 4, 5, 6, 7};
  const size_t start = row->count - LANES64;
  const i64 fresh = lanes >= (int64_t)(i - start);
  const f64 q = row_masses(row, start), depth = load64_floats(row->x + start) - row->peak;
  const f64 power = fine_exponential(LARGER(ALL64(-(double)FLOOR), depth));
  sums->targets += where(fresh, q);
  sums->depths += where(fresh & (q != 0.0), q * depth);
  sums->powers += where(fresh, power);
  store64(row->scratch + start, power);
}

/// The sums over a row, in an order that depends on its length alone.
INLINE LEVEL(TargetSums) sum_classes(const LEVEL(TargetRow) *row) {
  LEVEL(TargetSums) total = {ALL64(0.0), ALL64(0.0), ALL64(0.0)};
  for (size_t i = 0; i < row->count;) {
    LEVEL(TargetSums) sums = {ALL64(0.0), ALL64(0.0), ALL64(0.0)};
    const size_t end = row->count - i < POWER_BLOCK ? row->count : i + POWER_BLOCK;
    for (; i + POWER_GROUP * LANES64 <= end; i += POWER_GROUP * LANES64) {
      __builtin_prefetch(row->x + row->count + i);
      __builtin_prefetch(row->q + i + POWER_BLOCK);
      add_classes(&sums, row, i, POWER_GROUP);
    }
    for (; i + LANES64 <= end; i += LANES64) add_classes(&sums, row, i, 1);
    if (i < end) {
      add_last_classes(&sums, row, i);
      i = end;
    }
    total.powers += sums.powers;
    total.targets += sums.targets;
    total.depths += sums.depths;
  }
  return total;
}

/// The sum of what is loaded of a list of at least a vector, without one of its numbers.
#define SUM_OF_OTHERS(LOAD, list, count, left_out)                                            \
  ({                                                                                          \
    const i64 lanes = {0, 1, 2, 3, 4, 5, 6, 7};                                               \
    f64 total = ALL64(0.0);                                                                   \
    for (size_t i = 0; i < (count);) {                                                        \
      f64 sum = ALL64(0.0);                                                                   \
      const size_t end = (count)-i < POWER_BLOCK ? (count) : i + POWER_BLOCK;                 \
      for (; i < end; i += LANES64) {                                                         \
        /* The last one reaches back to numbers that count already. */                        \
        const size_t start = (count)-i < LANES64 ? (count)-LANES64 : i;                       \
        const i64 places = lanes + (int64_t)start;                                            \
        const i64 counts = (places >= (int64_t)i) & (places != (int64_t)(left_out));          \
        sum += where(counts, LOAD((list), start));                                            \
      }                                                                                       \
      total += sum;                                                                           \
    }                                                                                         \
    lane_sum(total);                                                                          \
  })

INLINE f64 load64_from(const double *list, size_t i) { return load64(list + i); }

/// Makes derivatives of the powers in scratch; `share` is the total of the targets times the
/// factor over the sum of the powers, and `ofTop` the derivative of the largest logit.
///
/// Returns 0 where one cancels too much.
INLINE int find_slopes(const LEVEL(TargetRow) *row, size_t top, double share, double factor,
                       double ofTop) {
  const size_t count = row->count, whole = count - count % LANES64;
  const f64 shares = ALL64(share), factors = ALL64(factor);
  double *scratch = row->scratch;
  i64 isRough = (i64)0;
  scratch[top] = 0;
  const size_t last = count - LANES64;
  const f64 q = row_masses(row, last);
  // Taken before what it reaches back to becomes a derivative.
  const f64 end = target_slopes(load64(scratch + last), shares, q * factors, &isRough);
  for (size_t i = 0; i < whole; i += LANES64) {
    const f64 pulls = row_masses(row, i) * factors;
    store64(scratch + i, target_slopes(load64(scratch + i), shares, pulls, &isRough));
  }
  store64(scratch + last, end);
  scratch[top] = __builtin_fabs(ofTop) > 0x1p-150 ? ofTop : 0.0;
  return !any_lane(isRough);
}

/// One row; whether it is not left to the caller.
INLINE int target_row(TargetRows *rows, size_t i, double factor, LEVEL(TargetMix) mix) {
  const size_t count = rows->classCount;
  const float *x = rows->logits + i * count, *q = rows->targets + i * count;
  const float peak = target_peak(x, count);
  if (!(peak > -LARGEST_PEAK && peak < LARGEST_PEAK && factor <= LARGEST_FACTOR)) return 0;
  const LEVEL(TargetRow) row = {x, q, rows->scratch, count, (double)peak, mix};
  const LEVEL(TargetSums) sums = sum_classes(&row);
  const size_t top = class_of_peak(x, count, peak);
  const double powers = lane_sum(sums.powers), total = lane_sum(sums.targets);
  const double depths = -lane_sum(sums.depths);
  const double own = mixed_targets(mix, ALL64((double)q[top]), class_weight(mix, top))[0];
  double rest = powers - 1, others = total - own;
  if (1 > LARGEST_SHARE * powers) {
    rest = SUM_OF_OTHERS(load64_from, rows->scratch, count, top);
  }
  if (own > LARGEST_SHARE * total) {
    others = SUM_OF_OTHERS(row_masses, &row, count, top);
  }
  if (!(rest >= SMALLEST_REST && depths <= LARGEST_LIFT)) return 0;
  rows->losses[i] = rest;
  rows->totals[i] = others + own;
  rows->depths[i] = depths;
  if (rows->gradient == NULL) return 1;
  const double share = factor / (rest + 1);
  const double raised = share * others, lowered = share * (own * rest);
  const double ofTop = raised - lowered;
  const int isRough = __builtin_fabs(ofTop) < (raised > lowered ? raised : lowered) * CANCELLED;
  if (isRough || !find_slopes(&row, top, (others + own) * share, factor, ofTop)) {
    rows->rough[rows->roughCount++] = (uint8_t)i;
    return 1;
  }
  write_row(rows->gradient + i * count, rows->scratch, count, 1, rows->isStreamed);
  return 1;
}

/// Does as many rows from one on as there are lanes, or those that there are.
INLINE void long_target_rows(TargetRows *rows, size_t first, LEVEL(TargetMix) mix) {
  for (size_t row = first; row < first + LANES64; row++) {
    rows->losses[row] = rows->totals[row] = rows->depths[row] = 0;
    if (row >= rows->rowCount) continue;
    const double factor = rows->factors ? rows->factors[row] : rows->factor;
    if (!target_row(rows, row, factor, mix)) rows->left[rows->leftCount++] = (uint8_t)row;
  }
}

INLINE void target_entropies(TargetRows *rows, LEVEL(TargetMix) mix) {
  rows->leftCount = rows->apartCount = rows->roughCount = 0;
  Tally tally = {(i64)0, (i64)0};
  size_t vectors = 0;
  for (size_t first = 0; first < rows->rowCount; first += LANES64, vectors++) {
    if (rows->classCount <= loss_kernel_few_classes) {
      few_target_rows(rows, first, mix);
    } else {
      long_target_rows(rows, first, mix);
    }
    const f64 logs = log_one_plus(load64(rows->losses + first));
    const f64 losses = FMA(load64(rows->totals + first), logs, load64(rows->depths + first));
    store64(rows->losses + first, losses);
    rows->apartCount += tally_losses(&tally, losses, first, rows->apart + rows->apartCount);
  }
  rows->sum = tally_sum(&tally, vectors);
}

static void LEVEL(target_entropy_rows)(TargetRows *rows) {
  if (!rows->classWeights && rows->kept == 1 && rows->spread == 0) {
    target_entropies(rows, (LEVEL(TargetMix)){.isMixed = 0});
  } else {
    target_entropies(rows, (LEVEL(TargetMix)){1, rows->classWeights, rows->kept, rows->spread});
  }
}

static size_t LEVEL(plain_targets)(const float *targets, size_t rowCount, size_t classCount,
                                   double tolerance) {
  for (size_t row = 0; row < rowCount; row++, targets += classCount) {
    f64 sum = ALL64(0.0);
    i64 isPlain = (i64)-1;
    size_t i = 0;
    for (; i < classCount; i += LANES64) {
      const size_t rest = classCount - i;
      const f64 q = rest < LANES64 ? load64_floats_rest(targets + i, rest) : load64_floats(targets + i);
      isPlain &= (q >= 0.0) & (q < __builtin_inf());
      sum += q;
    }
    const double gap = __builtin_fabs(lane_sum(sum) - 1);
    if (any_lane(~isPlain) || (tolerance >= 0 && !(gap <= tolerance))) return row;
  }
  return rowCount;
}
