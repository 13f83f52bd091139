// Cross-entropy of few classes with a distribution over them each, by a lane for each of
// several rows. The sums are those of long rows, but that nothing has to be taken off them
// again: the class of the largest logit is left out of the sums of the others at once.

/// How targets become what classes weigh in the loss of a row.
typedef struct {
  /// Whether they are not what they are.
  int isMixed;
  const double *weights;
  double kept, spread;
} LEVEL(TargetMix);

/// What targets weigh, of classes that have these weights.
INLINE f64 mixed_targets(LEVEL(TargetMix) mix, f64 q, f64 weights) {
  return mix.isMixed ? FMA(q, ALL64(mix.kept), ALL64(mix.spread)) * weights : q;
}

/// The weight of a class.
INLINE f64 class_weight(LEVEL(TargetMix) mix, size_t c) {
  return ALL64(mix.isMixed && mix.weights ? mix.weights[c] : 1);
}

/// Several rows, and what is summed over them.
typedef struct {
  LEVEL(FewRows) few;
  float targets[loss_kernel_few_classes][LANES64];
  f64 peaks;
  /// The class of the largest logit, the first one of equals.
  i64 tops;
  /// The sum of the other powers, of the other targets, and the target of that class.
  f64 rest, others, own;
  /// Σ q·z, never positive.
  f64 depths;
} LEVEL(FewTargets);

/// Finds the largest logits; NaN does not count, or goes on into the powers.
INLINE void find_tops(LEVEL(FewTargets) *group, size_t count) {
  f64 peaks = few_class(group->few.x, 0);
  i64 tops = (i64)0;
  for (size_t c = 1; c < count; c++) {
    const f64 x = few_class(group->few.x, c);
    tops = x > peaks ? (i64)(int64_t)c : tops;
    peaks = LARGER(x, peaks);
  }
  group->peaks = peaks;
  group->tops = tops;
}

/// What a class weighs in each row.
INLINE f64 few_mass(LEVEL(FewTargets) *group, size_t c, LEVEL(TargetMix) mix) {
  return mixed_targets(mix, few_class(group->targets, c), class_weight(mix, c));
}

/// Takes in up to a group of classes from one on.
INLINE void take_in_classes(LEVEL(FewTargets) *group, size_t c, int count, LEVEL(TargetMix) mix) {
  f64 z[POWER_GROUP];
  UNROLLED for (int i = 0; i < count; i++) {
    const f64 q = few_mass(group, c + i, mix);
    const f64 depth = few_class(group->few.x, c + i) - group->peaks;
    const i64 isTop = group->tops == (int64_t)(c + i);
    // A class that cannot be loses nothing where it is not wanted.
    group->depths += where(q != 0.0, q * depth);
    group->others += where(~isTop, q);
    group->own = isTop ? q : group->own;
    z[i] = LARGER(ALL64(-(double)FLOOR), depth);
  }
  fine_exponentials(z, count);
  UNROLLED for (int i = 0; i < count; i++) {
    const f64 power = where(group->tops != (int64_t)(c + i), z[i]);
    group->rest += power;
    store64(group->few.powers[c + i], power);
  }
}

INLINE void sum_few_targets(LEVEL(FewTargets) *group, size_t count, LEVEL(TargetMix) mix) {
  find_tops(group, count);
  group->rest = group->others = group->own = group->depths = ALL64(0.0);
  size_t c = 0;
  // None is left alone in the end.
  for (; c + 3 <= count && c + 4 != count; c += 3) take_in_classes(group, c, 3, mix);
  for (; c + 2 <= count; c += 2) take_in_classes(group, c, 2, mix);
  if (c < count) take_in_classes(group, c, 1, mix);
}

/// The slopes of a vector of classes; notes whether one cancels too much.
INLINE f64 target_slopes(f64 powers, f64 shares, f64 pulls, i64 *isRough) {
  const f64 slope = FMA(powers, shares, -pulls);
  const f64 magnitude = __builtin_elementwise_abs(slope);
  *isRough |= magnitude < pulls * CANCELLED;
  // Below half the smallest float it would be rounded to −0.
  return where(magnitude > 0x1p-150, slope);
}

/// Makes derivatives of the logits; returns the lanes with one that cancels too much.
INLINE i64 find_few_slopes(LEVEL(FewTargets) *group, size_t count, f64 factors,
                           LEVEL(TargetMix) mix) {
  const f64 share = factors / (group->rest + 1.0), total = group->others + group->own;
  const f64 raised = share * group->others, lowered = share * (group->own * group->rest);
  const f64 ofTop = raised - lowered, size = __builtin_elementwise_abs(ofTop);
  const f64 shares = total * share, shown = where(size > 0x1p-150, ofTop);
  i64 isRough = size < LARGER(raised, lowered) * CANCELLED;
  for (size_t c = 0; c < count; c++) {
    const i64 isTop = group->tops == (int64_t)c;
    const f64 pulls = few_mass(group, c, mix) * factors;
    i64 cancels = (i64)0;
    const f64 slopes = target_slopes(load64(group->few.powers[c]), shares, pulls, &cancels);
    isRough |= cancels & ~isTop;
    store32_half(group->few.x[c], __builtin_convertvector(isTop ? shown : slopes, f32_half));
  }
  return isRough;
}

/// Takes in so many rows from one on, at most as many as there are lanes.
INLINE void load_few_targets(const TargetRows *rows, LEVEL(FewTargets) *group, size_t first,
                             size_t rowCount) {
  const size_t count = rows->classCount, from = first * count, rest = rows->rowCount - first;
  if (rowCount == LANES64) {
    load_few(group->few.x, rows->logits + from, count, rest * count);
    load_few(group->targets, rows->targets + from, count, rest * count);
    return;
  }
  load_few_part(group->few.x, rows->logits + from, count, rowCount);
  load_few_part(group->targets, rows->targets + from, count, rowCount);
}

/// Does as many rows from one on as there are lanes, or those that there are.
INLINE void few_target_rows(TargetRows *rows, size_t first, LEVEL(TargetMix) mix) {
  const i64 lanes = {0, 1, 2, 3, 4, 5, 6, 7};
  const size_t count = rows->classCount, rest = rows->rowCount - first;
  const size_t rowCount = rest < LANES64 ? rest : LANES64;
  LEVEL(FewTargets) group;
  load_few_targets(rows, &group, first, rowCount);
  sum_few_targets(&group, count, mix);
  f64 factors = ALL64(rows->factor);
  if (rows->factors) factors = load64_rest(rows->factors + first, rowCount);

  const i64 isThere = lanes < (int64_t)rowCount;
  const i64 isNear = (group.peaks > -(double)LARGEST_PEAK) & (group.peaks < (double)LARGEST_PEAK);
  const i64 isDone = isThere & isNear & (factors <= LARGEST_FACTOR) &
                     (group.rest >= SMALLEST_REST) & (-group.depths <= (double)LARGEST_LIFT);
  store64(rows->losses + first, where(isDone, group.rest));
  store64(rows->totals + first, where(isDone, group.others + group.own));
  store64(rows->depths + first, where(isDone, -group.depths));
  rows->leftCount += list_lanes(isThere & ~isDone, first, rows->left + rows->leftCount);
  if (rows->gradient == NULL) return;
  const i64 isRough = find_few_slopes(&group, count, factors, mix);
  rows->roughCount += list_lanes(isDone & isRough, first, rows->rough + rows->roughCount);
  store_few_lanes(group.few.x, rows->gradient + first * count, count, isDone & ~isRough);
}
