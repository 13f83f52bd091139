// Cross-entropy of rows of doubles with a label each. Results are right to 2⁻⁶² before they are
// rounded, and a row's do not depend on the rows beside it.

/// A loss below this is not in the sum, nor one that is not below the next.
#define SMALLEST_SUMMED_LOSS 0x1p-24
#define LARGEST_SUMMED_LOSS 0x1p11
/// A sum with this rounds what a loss in the sum lacks to the unit of the sum, 2⁻⁹¹.
#define LOSS_ROUNDER 0x1.8p-39

/// What is found of as many rows as there are lanes.
typedef struct {
  /// The largest logits, and how many other classes have them.
  f64 peaks, ties;
  /// The sum of the powers below the peaks, and then of all but one peak.
  Pair others;
  /// How far the labels' logits are below the peaks, and the powers of these.
  Pair depths, powers;
  i64 labels;
  /// Rows that are left to the caller.
  i64 left;
} LEVEL(DoubleRows);

/// How far a vector of logits is below their peaks, and their powers, 0 where they are nothing.
typedef struct {
  Pair depths[DOUBLE_GROUP], powers[DOUBLE_GROUP];
} LEVEL(DoublePowers);

/// Takes the powers of up to a group of vectors; returns the lanes where none is to be had, and
/// counts the peaks.
INLINE i64 take_double_powers(LEVEL(DoublePowers) *found, const f64 *x, int count, f64 peaks,
                              const double *table) {
  i64 isHard = (i64)0, isEasy[DOUBLE_GROUP];
  EACH_DOUBLE {
    const Pair depths = two_sum(x[v], -peaks);
    isEasy[v] = depths.high >= LEAST_EASY_DOUBLE_DEPTH;
    isHard |= ~(isEasy[v] | (depths.high < LEAST_DOUBLE_DEPTH));
    found->depths[v] = (Pair){depths.high, where(isEasy[v], depths.low)};
    found->powers[v] = (Pair){where(isEasy[v], depths.high), found->depths[v].low};
  }
  double_powers(found->powers, count, table);
  EACH_DOUBLE {
    found->powers[v].high = where(isEasy[v], found->powers[v].high);
    found->powers[v].low = where(isEasy[v], found->powers[v].low);
  }
  return isHard;
}

/// Adds powers to a sum, of which each is at most 1.
INLINE void add_double_powers(Pair *sum, Pair powers, i64 counts) {
  const Pair high = two_sum(sum->high, where(counts, powers.high));
  sum->high = high.high;
  sum->low += high.low + where(counts, powers.low);
}

/// The factors of rows from one on.
INLINE Pair double_factors(const DoubleLabelRows *call, size_t row) {
  if (!call->factors) return (Pair){ALL64(call->factor[0]), ALL64(call->factor[1])};
  return (Pair){load64(call->factors + row), load64(call->factorRests + row)};
}

/// Finds which rows are left to the caller, and the sums of their powers.
INLINE void judge_double_rows(const DoubleLabelRows *call, LEVEL(DoubleRows) *rows,
                              Pair factors) {
  const f64 infinity = ALL64(__builtin_inf());
  const i64 isPlain = (rows->peaks > -infinity) & (rows->peaks < infinity) &
                      (rows->depths.high > -infinity) & (rows->labels != (int64_t)call->ignored);
  const i64 isNear = (factors.high >= 1 / LARGEST_FACTOR) & (factors.high <= LARGEST_FACTOR);
  rows->left |= ~(isPlain & (isNear | (factors.high == 0.0)));
  const Pair sum = two_sum(rows->ties, rows->others.high);
  rows->others = ordered_sum(sum.high, sum.low + rows->others.low);
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

/// The derivatives by logits that are no label's.
INLINE f64 double_slopes(Pair powers, Pair scales) {
  const f64 high = powers.high * scales.high;
  const f64 rest = FMA(powers.high, scales.high, -high);
  return high + FMA(powers.low, scales.high, FMA(powers.high, scales.low, rest));
}

// MARK: Few classes, by a lane for each of several rows

typedef struct {
  double x[loss_kernel_few_classes][LANES64];
  Pair powers[loss_kernel_few_classes];
} LEVEL(FewDoubles);

/// A number by itself: of several, compilers would gather or scatter with AVX-512, which is slow,
/// and more than some emulators know.
INLINE double alone(double number) {
#ifdef REGISTER
  __asm__("" : "+" REGISTER(number));
#endif
  return number;
}

/// A class of as many rows as there are lanes, which lie so far apart.
INLINE f64 load_double_class(const double *x, size_t apart) {
  f64 column;
  UNROLLED for (size_t lane = 0; lane < LANES64; lane++) column[lane] = alone(x[lane * apart]);
  return column;
}

INLINE void store_double_class(double *x, size_t apart, f64 column) {
  UNROLLED for (size_t lane = 0; lane < LANES64; lane++) x[lane * apart] = alone(column[lane]);
}

INLINE void raise_few_doubles(LEVEL(FewDoubles) *few, LEVEL(DoubleRows) *found, size_t c,
                              int count, const double *table) {
  LEVEL(DoublePowers) group;
  f64 x[DOUBLE_GROUP];
  EACH_DOUBLE x[v] = load64(few->x[c + v]);
  found->left |= take_double_powers(&group, x, count, found->peaks, table);
  EACH_DOUBLE {
    const i64 isPeak = x[v] == found->peaks, isLabel = found->labels == (int64_t)(c + v);
    found->ties -= __builtin_convertvector(isPeak, f64);
    found->depths.high = isLabel ? group.depths[v].high : found->depths.high;
    found->depths.low = isLabel ? group.depths[v].low : found->depths.low;
    found->powers.high = isLabel ? group.powers[v].high : found->powers.high;
    found->powers.low = isLabel ? group.powers[v].low : found->powers.low;
    add_double_powers(&found->others, group.powers[v], ~isPeak);
    few->powers[c + v] = group.powers[v];
  }
}

/// Writes the derivatives of rows, one after the other.
INLINE void write_few_doubles(const LEVEL(FewDoubles) *few, const LEVEL(DoubleRows) *found,
                              Pair factors, size_t count, double *target) {
  const LEVEL(DoubleSlopes) slopes = find_double_slopes(found, factors);
  for (size_t c = 0; c < count; c++) {
    store_double_class(target + c, count, double_slopes(few->powers[c], slopes.scales));
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
  LEVEL(FewDoubles) few;
  LEVEL(DoubleRows) found = {.peaks = ALL64(-__builtin_inf()), .ties = ALL64(-1.0)};
  double room[LANES64 * loss_kernel_few_classes];
  const double *x = call->logits + start;
  const size_t bytes = LANES64 * count * sizeof(double);
  prefetch(x, bytes);
  if (call->gradient) prefetch(call->gradient + start, bytes);
  if (isFull) {
    memcpy(&found.labels, call->labels + row, sizeof found.labels);
  } else {
    memset(room, 0, bytes);
    memcpy(room, x, rowCount * count * sizeof(double));
    memcpy(&found.labels, call->labels + row, rowCount * sizeof(intptr_t));
    x = room;
  }
  for (size_t c = 0; c < count; c++) {
    const f64 logits = load_double_class(x + c, count);
    store64(few.x[c], logits);
    found.peaks = LARGER(logits, found.peaks);
    found.left |= logits != logits;
  }
  size_t c = 0;
  for (; c + DOUBLE_GROUP <= count; c += DOUBLE_GROUP) {
    raise_few_doubles(&few, &found, c, DOUBLE_GROUP, call->powers);
  }
  for (; c < count; c++) raise_few_doubles(&few, &found, c, 1, call->powers);
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

/// The largest logit, or NaN where there is one.
INLINE double double_peak(const double *x, size_t count) {
  f64 peaks = ALL64(-__builtin_inf());
  i64 isNaN = (i64)0;
  size_t i = 0;
  for (; i + LANES64 <= count; i += LANES64) {
    const f64 logits = load64(x + i);
    peaks = LARGER(logits, peaks);
    isNaN |= logits != logits;
  }
  if (i < count) {
    const f64 logits = load64(x + count - LANES64);
    peaks = LARGER(logits, peaks);
    isNaN |= logits != logits;
  }
  if (any_lane(isNaN)) return __builtin_nan("");
  double peak = peaks[0];
  for (size_t lane = 1; lane < LANES64; lane++) peak = LARGER(peaks[lane], peak);
  return peak;
}

/// A long row, whose powers go to scratch: whole vectors of the high parts, each followed by one
/// of the low parts.
typedef struct {
  const double *x, *table;
  double *scratch;
  double peak;
  Pair others;
  f64 ties;
  i64 left;
} LEVEL(LongDoubles);

INLINE void raise_long_doubles(LEVEL(LongDoubles) *row, const f64 *x, size_t i, int count) {
  LEVEL(DoublePowers) group;
  const f64 peaks = ALL64(row->peak);
  row->left |= take_double_powers(&group, x, count, peaks, row->table);
  EACH_DOUBLE {
    const i64 isPeak = x[v] == peaks;
    row->ties -= __builtin_convertvector(isPeak, f64);
    add_double_powers(&row->others, group.powers[v], ~isPeak);
    store64(row->scratch + 2 * (i + v * LANES64), group.powers[v].high);
    store64(row->scratch + 2 * (i + v * LANES64) + LANES64, group.powers[v].low);
  }
}

/// The last logits, fewer than a vector, and beyond them what has no power.
INLINE f64 last_doubles(const double *x, size_t count) {
  f64 logits = ALL64(-__builtin_inf());
  memcpy(&logits, x, count * sizeof(double));
  return logits;
}

/// Takes the powers of a long row; all lanes of what is found are the same.
INLINE LEVEL(DoubleRows) raise_long_row(const DoubleLabelRows *call, size_t row) {
  const size_t count = call->classCount;
  const double *x = call->logits + row * count;
  LEVEL(LongDoubles) powers = {
      .table = call->powers, .scratch = call->scratch, .peak = double_peak(x, count)};
  f64 logits[DOUBLE_GROUP];
  size_t i = 0;
  for (; i + DOUBLE_GROUP * LANES64 <= count; i += DOUBLE_GROUP * LANES64) {
    UNROLLED for (int v = 0; v < DOUBLE_GROUP; v++) logits[v] = load64(x + i + v * LANES64);
    raise_long_doubles(&powers, logits, i, DOUBLE_GROUP);
  }
  for (; i < count; i += LANES64) {
    logits[0] = i + LANES64 <= count ? load64(x + i) : last_doubles(x + i, count - i);
    raise_long_doubles(&powers, logits, i, 1);
  }
  const int64_t ties = __builtin_reduce_add(__builtin_convertvector(powers.ties, i64)) - 1;
  LEVEL(DoubleRows) found = {.peaks = ALL64(powers.peak), .ties = ALL64((double)ties)};
  found.others = sum_of_words(ordered_sum(powers.others.high, powers.others.low));
  found.labels = (i64)(int64_t)call->labels[row];
  found.left = (i64)any_lane(powers.left) != 0;
  // Only the label of a row that is ignored may be no class.
  const size_t label = (size_t)call->labels[row];
  if (label >= count) return found;
  found.depths = two_sum(ALL64(x[label]), -found.peaks);
  const double *power = call->scratch + 2 * label - label % LANES64;
  found.powers = (Pair){ALL64(power[0]), ALL64(power[LANES64])};
  return found;
}

INLINE void write_long_doubles(const DoubleLabelRows *call, const LEVEL(DoubleRows) *found,
                               size_t row, Pair factors) {
  const LEVEL(DoubleSlopes) slopes = find_double_slopes(found, factors);
  const size_t count = call->classCount;
  double *target = call->gradient + row * count;
  for (size_t i = 0; i < count; i += LANES64) {
    const double *powers = call->scratch + 2 * i;
    const f64 column =
        double_slopes((Pair){load64(powers), load64(powers + LANES64)}, slopes.scales);
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
    LEVEL(DoubleRows) found = raise_long_row(call, row + lane);
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
