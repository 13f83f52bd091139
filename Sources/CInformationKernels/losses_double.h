// Cross-entropy of rows of doubles with a label each. Results are right to 2⁻⁶² before they are
// rounded, and a row's do not depend on the rows beside it.

/// A loss below this is not in the sum, nor one that is not below the next.
#define SMALLEST_SUMMED_LOSS 0x1p-24
#define LARGEST_SUMMED_LOSS 0x1p11
/// A sum with this rounds what a loss in the sum lacks to the unit of the sum, 2⁻⁹¹.
#define LOSS_ROUNDER 0x1.8p-39

/// The factors of rows from one on.
INLINE Pair double_factors(const DoubleLabelRows *call, size_t row) {
  if (!call->factors) return (Pair){ALL64(call->factor[0]), ALL64(call->factor[1])};
  return (Pair){load64(call->factors + row), load64(call->factorRests + row)};
}

/// Finds which rows are left to the caller.
INLINE void judge_double_rows(const DoubleLabelRows *call, LEVEL(DoubleRows) *rows,
                              Pair factors) {
  const i64 isPlain = has_finite_peak(rows) & (rows->depths.high > -__builtin_inf()) &
                      (rows->labels != (int64_t)call->ignored);
  const i64 isNear = (factors.high >= 1 / LARGEST_FACTOR) & (factors.high <= LARGEST_FACTOR);
  rows->left |= ~(isPlain & (isNear | (factors.high == 0.0)));
}

INLINE i64 is_summed(f64 losses) {
  return (losses >= SMALLEST_SUMMED_LOSS) & (losses < LARGEST_SUMMED_LOSS);
}

/// Writes the losses of rows from one on, 0 where they are left. Those in the sum are multiples
/// of its unit, so that it is the sum of what is written.
INLINE void write_double_losses(const DoubleLabelRows *call, const LEVEL(DoubleRows) *rows,
                                size_t row) {
  const Pair losses = word_plus((Pair){-rows->depths.high, -rows->depths.low},
                                double_log_one_plus(rows->others, call->logarithms));
  const f64 rounded = (losses.low + LOSS_ROUNDER) - LOSS_ROUNDER;
  const f64 rests = is_summed(losses.high) ? rounded : losses.low;
  store64(call->losses + row, where(~rows->left, losses.high));
  store64(call->lossRests + row, where(~rows->left, rests));
}

/// What the powers of rows are multiplied by, and the derivatives by the labels' logits.
typedef struct {
  Pair scales;
  f64 ofLabels;
} LEVEL(DoubleSlopes);

INLINE LEVEL(DoubleSlopes) find_double_slopes(const LEVEL(DoubleRows) *rows, Pair factors) {
  const Pair total = word_plus_double(rows->others, ALL64(1.0));
  const Pair scales = word_over(factors, total);
  // Of the peak, the rest is known without a subtraction.
  const i64 isPeak = rows->depths.high == 0.0;
  const Pair lesser = word_plus(total, (Pair){-rows->powers.high, -rows->powers.low});
  const Pair rest = {isPeak ? rows->others.high : lesser.high,
                     isPeak ? rows->others.low : lesser.low};
  return (LEVEL(DoubleSlopes)){scales, 0.0 - word_times(rest, scales).high};
}

// MARK: Few classes

/// Writes the derivatives of rows, one after the other.
INLINE void write_few_doubles(const LEVEL(FewDoubles) *few, const LEVEL(DoubleRows) *found,
                              Pair factors, size_t count, double *target) {
  const LEVEL(DoubleSlopes) slopes = find_double_slopes(found, factors);
  for (size_t c = 0; c < count; c++) {
    store_column(target + c, count, scaled_double(few->powers[c], slopes.scales));
  }
  for (size_t lane = 0; lane < LANES64; lane++) {
    // Only the label of a row that is ignored may be no class.
    const size_t label = (size_t)found->labels[lane];
    if (label < count) target[lane * count + label] = slopes.ofLabels[lane];
  }
}

/// Does rows of few classes from one on, as many as there are lanes or fewer; returns those that
/// are left.
INLINE i64 few_double_rows(const DoubleLabelRows *call, size_t row, size_t rowCount) {
  const size_t count = call->classCount, start = row * count;
  const int isFull = rowCount == LANES64;
  const size_t bytes = LANES64 * count * sizeof(double);
  prefetch(call->logits + start, bytes);
  if (call->gradient) prefetch(call->gradient + start, bytes);
  double room[LANES64 * loss_kernel_few_classes];
  const double *x = whole_rows(call->logits + start, count, rowCount, room);
  i64 labels = (i64)0;
  memcpy(&labels, call->labels + row, rowCount * sizeof(intptr_t));
  LEVEL(FewDoubles) few;
  LEVEL(DoubleRows) found = raise_few_rows(&few, x, count, labels, call->powers);
  const Pair factors = double_factors(call, row);
  judge_double_rows(call, &found, factors);
  write_double_losses(call, &found, row);
  if (!call->gradient) return found.left;
  if (isFull && !any_lane(found.left)) {
    write_few_doubles(&few, &found, factors, count, call->gradient + start);
    return found.left;
  }
  write_few_doubles(&few, &found, factors, count, room);
  for (size_t lane = 0; lane < rowCount; lane++) {
    if (found.left[lane]) continue;
    memcpy(call->gradient + start + lane * count, room + lane * count, count * sizeof(double));
  }
  return found.left;
}

// MARK: Long rows

INLINE void write_long_doubles(const DoubleLabelRows *call, const LEVEL(DoubleRows) *found,
                               size_t row, Pair factors) {
  const LEVEL(DoubleSlopes) slopes = find_double_slopes(found, factors);
  const size_t count = call->classCount;
  double *target = call->gradient + row * count;
  for (size_t i = 0; i < count; i += LANES64) {
    const double *powers = call->scratch + 2 * i;
    const f64 column =
        scaled_double((Pair){load64(powers), load64(powers + LANES64)}, slopes.scales);
    if (i + LANES64 <= count) {
      store64(target + i, column);
    } else {
      memcpy(target + i, &column, (count - i) * sizeof(double));
    }
  }
  target[found->labels[0]] = slopes.ofLabels[0];
}

/// Does rows of many classes from one on, as many as there are lanes or fewer; returns those
/// that are left.
INLINE i64 long_double_rows(const DoubleLabelRows *call, size_t row, size_t rowCount) {
  LEVEL(DoubleRows) all = {.left = (i64)0};
  for (size_t lane = 0; lane < rowCount; lane++) {
    LEVEL(DoubleRows) found =
        raise_long_row(call->logits + (row + lane) * call->classCount, call->classCount,
                       call->labels[row + lane], call->scratch, call->powers);
    Pair factors = {ALL64(call->factor[0]), ALL64(call->factor[1])};
    if (call->factors) {
      factors = (Pair){ALL64(call->factors[row + lane]), ALL64(call->factorRests[row + lane])};
    }
    judge_double_rows(call, &found, factors);
    if (call->gradient && !found.left[0]) write_long_doubles(call, &found, row + lane, factors);
    all.others.high[lane] = found.others.high[0];
    all.others.low[lane] = found.others.low[0];
    all.depths.high[lane] = found.depths.high[0];
    all.depths.low[lane] = found.depths.low[0];
    all.left[lane] = found.left[0];
  }
  write_double_losses(call, &all, row);
  return all.left;
}

// MARK: All of them

static void LEVEL(cross_entropy_doubles)(DoubleLabelRows *call) {
  Tally sum = {0, 0};
  size_t steps = 0;
  const i64 lanes = {0, 1, 2, 3, 4, 5, 6, 7};
  call->leftCount = call->apartCount = 0;
  for (size_t row = 0; row < call->rowCount; row += LANES64, steps++) {
    const size_t rest = call->rowCount - row, count = rest < LANES64 ? rest : LANES64;
    const i64 left = call->classCount <= loss_kernel_few_classes
                         ? few_double_rows(call, row, count)
                         : long_double_rows(call, row, count);
    const i64 isThere = lanes < (int64_t)count;
    call->leftCount += list_lanes(left & isThere, row, call->left + call->leftCount);
    const f64 losses = where(isThere, load64(call->losses + row));
    const i64 isSummed = is_summed(losses);
    const f64 rests = where(isSummed, load64(call->lossRests + row));
    tally_add(&sum, where(isSummed, losses) * (1 / LARGEST_SUMMED_LOSS),
              rests * (1 / LARGEST_SUMMED_LOSS));
    const i64 isApart = ~isSummed & (losses != 0.0);
    call->apartCount += list_lanes(isApart, row, call->apart + call->apartCount);
  }
  call->sum = tally_sum(&sum, steps);
}
