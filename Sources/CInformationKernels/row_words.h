// Rows of logits in pairs of doubles: the powers of their depths below the largest logit, and
// what is made of these. The steps are those of the definitions in Swift, and so are the bits.

/// Below this depth a power is 0, which no double is changed by.
#define LEAST_WORD_DEPTH (-1000.0)
/// Below this one a part of a power could be subnormal.
#define LEAST_EASY_DEPTH (-600.0)

/// So many vectors of pairs are worked on in step. Each is a long chain of dependent operations.
#define WORD_GROUP 3

/// The cubic tail x³/6 + … + x¹⁰/10! of eˣ over x².
INLINE f64 expm1_tail(f64 x) {
  f64 tail = ALL64(1.0 / 3628800);
  tail = tail * x + 1.0 / 362880;
  tail = tail * x + 1.0 / 40320;
  tail = tail * x + 1.0 / 5040;
  tail = tail * x + 1.0 / 720;
  tail = tail * x + 1.0 / 120;
  tail = tail * x + 1.0 / 24;
  return tail * x + 1.0 / 6;
}

#define EACH_WORD UNROLLED for (int v = 0; v < count; v++)

/// Makes powers of up to a group of pairs between the least easy depth and 0, times 2 to
/// the lift.
INLINE void lifted_powers(Pair *y, int count, const double *table, int64_t lift) {
  // y = (64e + j)·ln 2/64 + r, and the power is 2ᵉ·2^(j/64)·eʳ.
  f64 k[WORD_GROUP], tails[WORD_GROUP];
  i64 index[WORD_GROUP], j[WORD_GROUP];
  Pair r[WORD_GROUP], squares[WORD_GROUP], roots[WORD_GROUP];
  EACH_WORD {
    const f64 shifted = y[v].high * 0x1.71547652b82fep+6 + ROUNDER;
    k[v] = shifted - ROUNDER;
    index[v] = BITS64(shifted) - BITS64(ALL64(ROUNDER));
    j[v] = index[v] & 63;
  }
  EACH_WORD roots[v] = look_up(table, j[v] + j[v]);
  EACH_WORD r[v] = word_plus_double(y[v], -k[v] * 0x1.62e42fefa0000p-7);
  EACH_WORD r[v] = word_plus(r[v], (Pair){-k[v] * 0x1.cf79abc9e0000p-46, ALL64(0.0)});
  EACH_WORD r[v] = word_plus_double(r[v], -k[v] * 0x1.d9cc01f97b57ap-85);
  // eʳ − 1: r + r²/2 as a pair, the tail as a double.
  EACH_WORD squares[v] = word_times(r[v], r[v]);
  EACH_WORD tails[v] = r[v].high * squares[v].high * expm1_tail(r[v].high);
  EACH_WORD {
    const Pair half = {0.5 * squares[v].high, 0.5 * squares[v].low};
    squares[v] = word_plus_double(half, tails[v]);
  }
  EACH_WORD r[v] = word_plus(r[v], squares[v]);
  EACH_WORD r[v] = word_times(roots[v], r[v]);
  EACH_WORD r[v] = word_plus(roots[v], r[v]);
  EACH_WORD {
    // The exponent of a double, and 64 times as much in the index.
    const f64 scale = FLOATS64(((index[v] - j[v]) << 46) + ((1023 + lift) << 52));
    y[v] = (Pair){r[v].high * scale, r[v].low * scale};
  }
}

/// Powers of up to a group of vectors; returns the lanes of depths that are not easy.
INLINE i64 word_powers(const WordRow *row, size_t i, int count) {
  i64 isEasy[WORD_GROUP], isHard = (i64)0;
  Pair powers[WORD_GROUP];
  EACH_WORD {
    const Pair depths = load_words(row->depths + 2 * (i + v * LANES64));
    isEasy[v] = depths.high >= LEAST_EASY_DEPTH;
    isHard |= ~(isEasy[v] | (depths.high < LEAST_WORD_DEPTH));
    powers[v] = (Pair){where(isEasy[v], depths.high), where(isEasy[v], depths.low)};
  }
  lifted_powers(powers, count, row->table, row->lift);
  EACH_WORD {
    const Pair shown = {where(isEasy[v], powers[v].high), where(isEasy[v], powers[v].low)};
    store_words(row->powers + 2 * (i + v * LANES64), shown);
  }
  return isHard;
}

/// Adds the powers of a vector's lanes, but for one class.
INLINE Pair add_words(Pair sum, Pair powers, i64 classes, size_t leftOut) {
  const i64 counts = classes != (int64_t)leftOut;
  return word_plus(sum, (Pair){where(counts, powers.high), where(counts, powers.low)});
}

/// How far a vector of logits is below the peak, exactly.
INLINE void word_depths(const double *x, double peak, double *depths) {
  const f64 logits = load64(x);
  const Pair exact = two_sum(logits, ALL64(-peak));
  // Where one is infinite, there are no low parts.
  const i64 isFar = exact.high == -__builtin_inf(), isPeak = logits == peak;
  store_words(depths, (Pair){where(~isPeak, exact.high), where(~(isPeak | isFar), exact.low)});
}

static void LEVEL(lower_words)(const double *x, size_t count, double peak, double *depths) {
  size_t i = 0;
  for (; i + LANES64 <= count; i += LANES64) word_depths(x + i, peak, depths + 2 * i);
  if (i == count) return;
  i = count - LANES64;
  word_depths(x + i, peak, depths + 2 * i);
}

static int LEVEL(raise_words)(const WordRow *row) {
  i64 isHard = (i64)0;
  size_t i = 0;
  for (; i + WORD_GROUP * LANES64 <= row->count; i += WORD_GROUP * LANES64) {
    isHard |= word_powers(row, i, WORD_GROUP);
  }
  for (; i + LANES64 <= row->count; i += LANES64) isHard |= word_powers(row, i, 1);
  // The last vector reaches back to where the powers are the same again.
  if (i < row->count) isHard |= word_powers(row, row->count - LANES64, 1);
  return any_lane(isHard) != 0;
}

static void LEVEL(sum_words)(const WordRow *row, double *result) {
  i64 classes = {0, 1, 2, 3, 4, 5, 6, 7};
  Pair sum = {ALL64(0.0), ALL64(0.0)};
  size_t i = 0;
  for (; i + LANES64 <= row->count; i += LANES64, classes += LANES64) {
    sum = add_words(sum, load_words(row->powers + 2 * i), classes, row->top);
  }
  if (i < row->count) {
    double rest[2 * LANES64] = {0};
    memcpy(rest, row->powers + 2 * i, 2 * (row->count - i) * sizeof(double));
    sum = add_words(sum, load_words(rest), classes, row->top);
  }
  sum = sum_of_words(sum);
  result[0] = sum.high[0];
  result[1] = sum.low[0];
}

// MARK: What comes out

/// A pair that is the same in each lane.
INLINE Pair all_words(const double *word) { return (Pair){ALL64(word[0]), ALL64(word[1])}; }

/// Multiplies the powers by one number and by another.
INLINE f64 scaled_words(const WordOutputs *call, size_t i) {
  const Pair powers = load_words(call->powers + 2 * i);
  const Pair parts = word_times(powers, all_words(call->factor));
  return word_times(parts, all_words(call->unit)).high * call->scale;
}

/// Makes derivatives of cross-entropy with weights: the power times the sum of the other
/// weights, less the weight times the sum of the other powers.
INLINE f64 balanced_words(const WordOutputs *call, size_t i) {
  const Pair powers = load_words(call->powers + 2 * i), weights = load_words(call->weights + 2 * i);
  const Pair total = all_words(call->total), factor = all_words(call->factor);
  const i64 isOpen = weights.high == 0.0;
  Pair others = word_plus(factor, (Pair){-weights.high, -weights.low});
  others.high = isOpen ? factor.high : others.high;
  others.low = isOpen ? factor.low : others.low;
  const Pair rest = word_plus(total, (Pair){-powers.high, -powers.low});
  const Pair raised = word_times(powers, others), lowered = word_times(weights, rest);
  Pair slopes = word_plus(raised, (Pair){-lowered.high, -lowered.low});
  slopes.high = isOpen ? raised.high : slopes.high;
  slopes.low = isOpen ? raised.low : slopes.low;
  return word_times(slopes, all_words(call->unit)).high * call->scale;
}

/// Writes an output for each class, never −0.
#define WORD_OUTPUTS(name, outputs)                                                      \
  static void LEVEL(name)(const WordOutputs *call) {                                     \
    size_t i = 0;                                                                        \
    for (; i + LANES64 <= call->count; i += LANES64) {                                   \
      store64(call->output + i, outputs(call, i) + 0.0);                                 \
    }                                                                                    \
    if (i == call->count) return;                                                        \
    i = call->count - LANES64;                                                           \
    store64(call->output + i, outputs(call, i) + 0.0);                                   \
  }

WORD_OUTPUTS(scale_words, scaled_words)
WORD_OUTPUTS(balance_words, balanced_words)
