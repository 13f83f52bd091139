// Rows of logits in pairs of doubles: the powers of their depths below the largest logit, and
// what is made of these. The steps are those of the definitions in Swift, and so are the bits.

/// Below this depth a power is 0, which no double is changed by.
#define LEAST_WORD_DEPTH (-1000.0)
/// Below this one a part of a power could be subnormal.
#define LEAST_EASY_DEPTH (-600.0)

/// The pairs of a table at places, one in each lane.
INLINE Pair look_up(const double *table, i64 places) {
  double found[2 * LANES64];
  for (size_t lane = 0; lane < LANES64; lane++) {
    const double *entry = table + 2 * places[lane];
    // Seen together, compilers would gather with AVX-512: that is slow, and more than some
    // emulators know.
    __asm__("" : "+r"(entry));
    memcpy(found + 2 * lane, entry, 2 * sizeof(double));
  }
  return load_words(found);
}

/// eʳ − 1 for |r| ≤ 2⁻⁷: r + r²/2 as a pair, the cubic tail as a double.
INLINE Pair expm1_series(Pair r) {
  const f64 x = r.high;
  f64 tail = ALL64(1.0 / 3628800);
  tail = tail * x + 1.0 / 362880;
  tail = tail * x + 1.0 / 40320;
  tail = tail * x + 1.0 / 5040;
  tail = tail * x + 1.0 / 720;
  tail = tail * x + 1.0 / 120;
  tail = tail * x + 1.0 / 24;
  tail = tail * x + 1.0 / 6;
  const Pair square = word_times(r, r), half = {0.5 * square.high, 0.5 * square.low};
  return word_plus(r, word_plus_double(half, x * square.high * tail));
}

/// e to pairs between the least easy depth and 0, times 2 to the lift.
INLINE Pair lifted_powers(Pair y, const double *table, int64_t lift) {
  // y = (64e + j)·ln 2/64 + r, and the power is 2ᵉ·2^(j/64)·eʳ.
  const f64 shifted = y.high * 0x1.71547652b82fep+6 + ROUNDER, k = shifted - ROUNDER;
  const i64 index = BITS64(shifted) - BITS64(ALL64(ROUNDER)), j = index & 63;
  Pair r = word_plus_double(y, -k * 0x1.62e42fefa0000p-7);
  r = word_plus(r, (Pair){-k * 0x1.cf79abc9e0000p-46, ALL64(0.0)});
  r = word_plus_double(r, -k * 0x1.d9cc01f97b57ap-85);
  const Pair root = look_up(table, j);
  const Pair power = word_plus(root, word_times(root, expm1_series(r)));
  // The exponent of a double, and 64 times as much in the index.
  const f64 scale = FLOATS64(((index - j) << 46) + ((1023 + lift) << 52));
  return (Pair){power.high * scale, power.low * scale};
}

/// Powers of up to a vector of depths; returns the lanes of those that are not easy.
INLINE i64 word_powers(const WordRow *row, size_t i) {
  const Pair depths = load_words(row->depths + 2 * i);
  const i64 isFar = depths.high < LEAST_WORD_DEPTH;
  const i64 isEasy = depths.high >= LEAST_EASY_DEPTH;
  const Pair easy = {where(isEasy, depths.high), where(isEasy, depths.low)};
  const Pair powers = lifted_powers(easy, row->table, row->lift);
  store_words(row->powers + 2 * i,
              (Pair){where(isEasy, powers.high), where(isEasy, powers.low)});
  return ~(isFar | isEasy);
}

/// Adds the powers of a vector's lanes, but for one class.
INLINE Pair add_words(Pair sum, Pair powers, i64 classes, size_t leftOut) {
  const i64 counts = classes != (int64_t)leftOut;
  return word_plus(sum, (Pair){where(counts, powers.high), where(counts, powers.low)});
}

static int LEVEL(raise_words)(const WordRow *row) {
  i64 isHard = (i64)0;
  size_t i = 0;
  for (; i + LANES64 <= row->count; i += LANES64) isHard |= word_powers(row, i);
  // The last vector reaches back to where the powers are the same again.
  if (i < row->count) isHard |= word_powers(row, row->count - LANES64);
  return any_lane(isHard) != 0;
}

#define TURNED_WORDS(x, ...)                            \
  (Pair){__builtin_shufflevector(x.high, x.high, __VA_ARGS__), \
         __builtin_shufflevector(x.low, x.low, __VA_ARGS__)}

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
  sum = word_plus(sum, TURNED_WORDS(sum, 4, 5, 6, 7, 0, 1, 2, 3));
  sum = word_plus(sum, TURNED_WORDS(sum, 2, 3, 0, 1, 6, 7, 4, 5));
  sum = word_plus(sum, TURNED_WORDS(sum, 1, 0, 3, 2, 5, 4, 7, 6));
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

/// Divides the powers by a number.
INLINE f64 shares_of_words(const WordOutputs *call, size_t i) {
  return word_over(load_words(call->powers + 2 * i), all_words(call->total)).high * call->scale;
}

/// Takes a number off the depths.
INLINE f64 logarithms_of_words(const WordOutputs *call, size_t i) {
  const Pair depths = load_words(call->depths + 2 * i);
  const i64 isFinite = depths.high > -__builtin_inf();
  const Pair heights = {where(isFinite, -depths.high), where(isFinite, -depths.low)};
  const Pair sums = word_plus(heights, all_words(call->total));
  return isFinite ? -sums.high : depths.high;
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
WORD_OUTPUTS(share_words, shares_of_words)
WORD_OUTPUTS(log_words, logarithms_of_words)
