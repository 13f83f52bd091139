// Cross-entropy of few classes with a label each, by a lane for each of several rows. Rows that
// are left over go one by one, with a lane for each class, and give the same bits.

/// What is found of rows.
typedef struct {
  f64 peaks;
  /// The power of the label, and the sum of the others.
  f64 own, rest;
} LEVEL(FewPowers);

/// What becomes of rows.
typedef struct {
  /// Rows that are ignored, and those left to the caller.
  i64 ignored, left;
  /// The other powers over that of the label, or what a row loses.
  f64 odds;
  /// What the powers are multiplied by, and what stands for that of the label.
  f64 shares, slopes;
} LEVEL(FewResults);

/// z = x − peak, not below the floor.
INLINE f64 depth_below(f32_half x, f64 peak) {
  const f64 depth = __builtin_convertvector(x, f64) - peak;
  return LARGER(ALL64(-(double)FLOOR), depth);
}

/// Takes the powers of up to a group of classes from one on; of the label they go to a
/// place of their own, and 0 to that in the row.
INLINE void raise_classes(LEVEL(FewRows) *few, LEVEL(FewPowers) *found, i64 labels, size_t c,
                          int count) {
  f64 z[POWER_GROUP];
  UNROLLED for (int i = 0; i < count; i++) {
    z[i] = depth_below(load32_half(few->x[c + i]), found->peaks);
  }
  fine_exponentials(z, count);
  UNROLLED for (int i = 0; i < count; i++) {
    const i64 isLabel = labels == (int64_t)(c + i);
    found->own = isLabel ? z[i] : found->own;
    store64(few->powers[c + i], where(~isLabel, z[i]));
  }
}

/// The sum of every eighth of the powers from one on, which is what a lane has of a row
/// whose classes are lanes.
INLINE f64 every_eighth(const LEVEL(FewRows) *few, size_t c, size_t count) {
  f64 sum = c < count ? load64(few->powers[c]) : ALL64(0.0);
  for (c += LANES64; c < count; c += LANES64) sum += load64(few->powers[c]);
  return sum;
}

/// The sum of the powers of each row, in the order of lane_sum.
INLINE f64 sum_few(const LEVEL(FewRows) *few, size_t count) {
  f64 sums[4];
  UNROLLED for (size_t i = 0; i < 4; i++) {
    sums[i] = every_eighth(few, i, count) + every_eighth(few, i + 4, count);
  }
  return (sums[0] + sums[2]) + (sums[1] + sums[3]);
}

INLINE LEVEL(FewPowers) raise_few(LEVEL(FewRows) *few, i64 labels, size_t count) {
  LEVEL(FewPowers) found = {few_peaks(few->x, count), ALL64(0.0), ALL64(0.0)};
  size_t c = 0;
  // None is left alone in the end.
  for (; c + 3 <= count && c + 4 != count; c += 3) raise_classes(few, &found, labels, c, 3);
  for (; c < count; c += 2) raise_classes(few, &found, labels, c, 2);
  found.rest = sum_few(few, count);
  return found;
}

/// What becomes of rows with such powers.
INLINE LEVEL(FewResults) few_results(const LabelRows *rows, LEVEL(FewPowers) found, i64 labels,
                                     f64 factors) {
  LEVEL(FewResults) results;
  const i64 isNear = (found.peaks > -(double)LARGEST_PEAK) & (found.peaks < (double)LARGEST_PEAK);
  i64 isSound = isNear & (found.rest >= SMALLEST_REST) & (found.own >= SMALLEST_OWN) &
                (factors <= LARGEST_FACTOR);
  results.odds = found.rest / found.own;
  results.shares = factors / (found.rest + found.own);
  if (rows->gamma > 0) {
    const LEVEL(FocalRows) focal = focal_rows(results.odds, rows->gamma);
    isSound &= ~focal.left;
    results.odds = focal.losses;
    results.shares *= focal.pulls;
  }
  results.ignored = labels == (int64_t)rows->ignored;
  results.left = ~(isSound | results.ignored);
  results.odds = where(isSound & ~results.ignored, results.odds);
  // Below half the smallest float it would be rounded to −0.
  results.slopes = where(found.rest * results.shares > 0x1p-150, -found.rest);
  return results;
}

/// As many rows as there are lanes, from one on, and what has become of them.
typedef struct {
  LEVEL(FewRows) few;
  i64 labels;
  LEVEL(FewPowers) found;
  LEVEL(FewResults) results;
  size_t row;
} LEVEL(FewGroup);

/// Asks for the lines that are read or written some groups from now.
INLINE void prefetch(const void *x, size_t bytes) {
  const char *ahead = (const char *)x + 2048;
  for (size_t i = 0; i < bytes; i += 64) __builtin_prefetch(ahead + i);
}

INLINE void load_group(const LabelRows *rows, LEVEL(FewGroup) *group, size_t row) {
  group->row = row;
  const size_t count = rows->classCount;
  const size_t bytes = LANES64 * count * sizeof(float);
  prefetch(rows->logits + row * count, bytes);
  if (rows->gradient) prefetch(rows->gradient + row * count, bytes);
  load_few(group->few.x, rows->logits + row * count, count, (rows->rowCount - row) * count);
  _Static_assert(sizeof(intptr_t) == sizeof(int64_t), "a label fills a lane");
  memcpy(&group->labels, rows->labels + row, sizeof group->labels);
}

INLINE void judge_group(LabelRows *rows, LEVEL(FewGroup) *group) {
  const size_t row = group->row;
  const f64 factors = rows->factors ? load64(rows->factors + row) : ALL64(rows->factor);
  group->results = few_results(rows, group->found, group->labels, factors);
  store64(rows->losses + row, group->results.odds);
  rows->leftCount += list_lanes(group->results.left, row, rows->left + rows->leftCount);
}

INLINE void write_group(const LabelRows *rows, LEVEL(FewGroup) *group) {
  const size_t count = rows->classCount;
  const LEVEL(FewResults) results = group->results;
  for (size_t c = 0; c < count; c++) {
    const f64 power = load64(group->few.powers[c]);
    const f64 slope = (group->labels == (int64_t)c ? results.slopes : power) * results.shares;
    store32_half(group->few.x[c], __builtin_convertvector(slope, f32_half));
  }
  float *gradient = rows->gradient + group->row * count;
  store_few_lanes(group->few.x, gradient, count, ~(results.left | results.ignored));
  if (!any_lane(results.ignored)) return;
  for (size_t lane = 0; lane < LANES64; lane++) {
    if (results.ignored[lane]) memset(gradient + lane * count, 0, count * sizeof(float));
  }
}

#define TURNED(v, k) \
  __builtin_shufflevector(v, v, (k), (k) + 1, (k) + 2, (k) + 3, (k) + 4, (k) + 5, (k) + 6, (k) + 7)

/// The last classes of a row, fewer than a vector, and beyond them classes of the row again.
INLINE f32_half load_last_classes(const float *x, size_t c, size_t count) {
  if (c == 0) {
    f32_half part = (f32_half)x[0];
    UNROLLED for (size_t lane = 1; lane < LANES64; lane++) {
      if (lane < count) part[lane] = x[lane];
    }
    return part;
  }
  const f32_half end = load32_half(x + count - LANES64);
  switch (count - c) {
    case 1: return TURNED(end, 7);
    case 2: return TURNED(end, 6);
    case 3: return TURNED(end, 5);
    case 4: return TURNED(end, 4);
    case 5: return TURNED(end, 3);
    case 6: return TURNED(end, 2);
    default: return TURNED(end, 1);
  }
}

/// One row, a lane for each class; its powers go where there is room for whole vectors.
INLINE LEVEL(FewPowers) raise_row(const float *x, intptr_t label, size_t count, double *powers) {
  f32_half parts[loss_kernel_few_classes / LANES64], peaks = (f32_half)x[0];
  for (size_t c = 0; c < count; c += LANES64) {
    const int isWhole = c + LANES64 <= count;
    const f32_half part = isWhole ? load32_half(x + c) : load_last_classes(x, c, count);
    peaks = LARGER(part, peaks);
    parts[c / LANES64] = part;
  }
  const f64 peak = ALL64((double)largest_lane(peaks));
  f64 sum = ALL64(0.0);
  i64 classes = {0, 1, 2, 3, 4, 5, 6, 7};
  for (size_t c = 0; c < count; c += LANES64, classes += LANES64) {
    const f64 power = fine_exponential(depth_below(parts[c / LANES64], peak));
    store64(powers + c, power);
    sum += where((classes != (int64_t)label) & (classes < (int64_t)count), power);
  }
  const double own = (size_t)label < count ? powers[label] : 0;
  return (LEVEL(FewPowers)){peak, ALL64(own), ALL64(lane_sum(sum))};
}

/// Writes the derivatives of one row, of its powers and what has become of it.
INLINE void write_few_row(float *gradient, size_t count, size_t label, const double *powers,
                          const LEVEL(FewResults) *results) {
  size_t c = 0;
  for (; c + LANES64 <= count; c += LANES64) {
    const f64 slopes = load64(powers + c) * results->shares;
    store32_half(gradient + c, __builtin_convertvector(slopes, f32_half));
  }
  const double share = results->shares[0];
  for (; c < count; c++) gradient[c] = (float)(powers[c] * share);
  gradient[label] = (float)(results->slopes[0] * share);
}

/// One row; returns the other powers over that of the label, or what it loses.
INLINE double few_label_row(LabelRows *rows, size_t row) {
  const size_t count = rows->classCount;
  const intptr_t label = rows->labels[row];
  double powers[loss_kernel_few_classes];
  const LEVEL(FewPowers) found = raise_row(rows->logits + row * count, label, count, powers);
  const f64 factors = ALL64(rows->factors ? rows->factors[row] : rows->factor);
  const LEVEL(FewResults) results = few_results(rows, found, (i64)(int64_t)label, factors);
  if (results.left[0]) {
    rows->left[rows->leftCount++] = (uint8_t)row;
  } else if (rows->gradient != NULL) {
    float *gradient = rows->gradient + row * count;
    if (label == rows->ignored) {
      memset(gradient, 0, count * sizeof(float));
    } else {
      write_few_row(gradient, count, (size_t)label, powers, &results);
    }
  }
  return results.odds[0];
}

/// The rows that no group has.
INLINE void few_last_rows(LabelRows *rows, size_t first) {
  store64(rows->losses + first, ALL64(0.0));
  for (size_t row = first; row < rows->rowCount; row++) {
    rows->losses[row] = few_label_row(rows, row);
  }
}

/// So many groups go through each step together: one alone would wait for itself.
enum { LEVEL(few_groups) = 4 };

INLINE void few_label_rows(LabelRows *rows) {
  LEVEL(FewGroup) groups[LEVEL(few_groups)];
  size_t row = 0;
  while (row + LANES64 <= rows->rowCount) {
    size_t count = (rows->rowCount - row) / LANES64;
    if (count > LEVEL(few_groups)) count = LEVEL(few_groups);
    for (size_t g = 0; g < count; g++, row += LANES64) load_group(rows, groups + g, row);
    for (size_t g = 0; g < count; g++) {
      groups[g].found = raise_few(&groups[g].few, groups[g].labels, rows->classCount);
    }
    for (size_t g = 0; g < count; g++) judge_group(rows, groups + g);
    for (size_t g = 0; g < count && rows->gradient; g++) write_group(rows, groups + g);
  }
  if (row < rows->rowCount) few_last_rows(rows, row);
}
