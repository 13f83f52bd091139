// Rows of doubles: the powers of their depths below the largest logit, and the sums of these, to
// 2⁻⁶⁵. A row's do not depend on the rows beside it.

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

/// Takes the powers of up to a group of vectors; returns the lanes where one is not to be had.
INLINE i64 take_double_powers(LEVEL(DoublePowers) *found, const f64 *x, int count, f64 peaks,
                              const double *table) {
  i64 isHard = (i64)0, isEasy[DOUBLE_GROUP];
  EACH_DOUBLE {
    const Pair depths = two_sum(x[v], -peaks);
    isEasy[v] = depths.high >= LEAST_EASY_DOUBLE_DEPTH;
    isHard |= ~(isEasy[v] | (depths.high < LEAST_DOUBLE_DEPTH));
    found->depths[v] = depths;
    found->powers[v] = (Pair){where(isEasy[v], depths.high), where(isEasy[v], depths.low)};
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

/// Adds to the powers below the peaks those of all peaks but one.
INLINE void add_ties(LEVEL(DoubleRows) *rows) {
  const Pair sum = two_sum(rows->ties, rows->others.high);
  rows->others = ordered_sum(sum.high, sum.low + rows->others.low);
}

/// The lanes of rows with a finite peak.
INLINE i64 has_finite_peak(const LEVEL(DoubleRows) *rows) {
  const f64 infinity = ALL64(__builtin_inf());
  return (rows->peaks > -infinity) & (rows->peaks < infinity);
}

/// What a power times a scale comes to.
INLINE f64 scaled_double(Pair powers, Pair scales) {
  const f64 high = powers.high * scales.high;
  const f64 rest = FMA(powers.high, scales.high, -high);
  return high + FMA(powers.low, scales.high, FMA(powers.high, scales.low, rest));
}

// MARK: Few classes, by a lane for each of several rows

typedef struct {
  double x[loss_kernel_few_classes][LANES64];
  Pair powers[loss_kernel_few_classes];
} LEVEL(FewDoubles);

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

/// As many rows as there are lanes, of which so many follow each other: these, or a copy with
/// rows of 0 in room for all.
INLINE const double *whole_rows(const double *x, size_t count, size_t rowCount, double *room) {
  if (rowCount == LANES64) return x;
  memset(room, 0, LANES64 * count * sizeof(double));
  memcpy(room, x, rowCount * count * sizeof(double));
  return room;
}

/// Takes in as many rows as there are lanes, one after the other, with these labels.
INLINE LEVEL(DoubleRows) raise_few_rows(LEVEL(FewDoubles) *few, const double *x, size_t count,
                                        i64 labels, const double *table) {
  LEVEL(DoubleRows) found = {
      .peaks = ALL64(-__builtin_inf()), .ties = ALL64(-1.0), .labels = labels};
  for (size_t c = 0; c < count; c++) {
    const f64 logits = load_column(x + c, count);
    store64(few->x[c], logits);
    found.peaks = LARGER(logits, found.peaks);
    found.left |= logits != logits;
  }
  size_t c = 0;
  for (; c + DOUBLE_GROUP <= count; c += DOUBLE_GROUP) {
    raise_few_doubles(few, &found, c, DOUBLE_GROUP, table);
  }
  for (; c < count; c++) raise_few_doubles(few, &found, c, 1, table);
  add_ties(&found);
  return found;
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
  const double *table;
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

/// Takes in a long row, with a label or what is none; all lanes of what is found are the same.
INLINE LEVEL(DoubleRows) raise_long_row(const double *x, size_t count, int64_t label,
                                        double *scratch, const double *table) {
  LEVEL(LongDoubles) powers = {
      .table = table, .scratch = scratch, .peak = double_peak(x, count)};
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
  add_ties(&found);
  found.labels = (i64)label;
  found.left = (i64)any_lane(powers.left) != 0;
  const size_t place = (size_t)label;
  if (place >= count) return found;
  found.depths = two_sum(ALL64(x[place]), -found.peaks);
  const double *power = scratch + 2 * place - place % LANES64;
  found.powers = (Pair){ALL64(power[0]), ALL64(power[LANES64])};
  return found;
}
