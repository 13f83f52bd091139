// Powers and logarithms of pairs of doubles to 2⁻⁶⁵: what a result needs that is rounded to a
// double in the end.

typedef double f64_entry __attribute__((ext_vector_type(2)));
typedef double f64_entries __attribute__((ext_vector_type(4)));

/// Two numbers that follow each other in a table from a place on, of each lane.
INLINE Pair look_up(const double *table, i64 places) {
  f64_entry entries[LANES64];
  UNROLLED for (size_t lane = 0; lane < LANES64; lane++) {
    const double *entry = table + places[lane];
    // Seen together, compilers would gather with AVX-512: that is slow, and more than some
    // emulators know.
    __asm__("" : "+r"(entry));
    memcpy(entries + lane, entry, sizeof *entries);
  }
  f64_entries halves[4];
  UNROLLED for (size_t i = 0; i < 4; i++) {
    halves[i] = __builtin_shufflevector(entries[2 * i], entries[2 * i + 1], 0, 2, 1, 3);
  }
  const f64 low = __builtin_shufflevector(halves[0], halves[1], 0, 1, 4, 5, 2, 3, 6, 7);
  const f64 high = __builtin_shufflevector(halves[2], halves[3], 0, 1, 4, 5, 2, 3, 6, 7);
  return (Pair){__builtin_shufflevector(low, high, 0, 1, 2, 3, 8, 9, 10, 11),
                __builtin_shufflevector(low, high, 4, 5, 6, 7, 12, 13, 14, 15)};
}

/// Below this depth a power is 0, which no double is changed by.
#define LEAST_DOUBLE_DEPTH (-1000.0)
/// Below this one it is not taken: a part of it could be subnormal.
#define LEAST_EASY_DOUBLE_DEPTH (-600.0)

/// So many vectors of powers are worked on in step.
#define DOUBLE_GROUP 2
#define EACH_DOUBLE UNROLLED for (int v = 0; v < count; v++)

/// 1/2 + r/6 + … + r⁵/7!, from the last coefficient down.
static const double LEVEL(expm1_square)[6] = {1.0 / 5040, 1.0 / 720, 1.0 / 120,
                                              1.0 / 24,   1.0 / 6,   1.0 / 2};

/// Makes powers of up to a group of pairs between the least easy depth and 0.
INLINE void double_powers(Pair *y, int count, const double *table) {
  // y = (64e + j)·ln 2/64 + r, and the power is 2ᵉ·2^(j/64)·eʳ.
  f64 r[DOUBLE_GROUP], scale[DOUBLE_GROUP], s[DOUBLE_GROUP];
  Pair roots[DOUBLE_GROUP];
  EACH_DOUBLE {
    const f64 shifted = FMA(y[v].high, ALL64(0x1.71547652b82fep+6), ALL64(ROUNDER));
    const i64 index = BITS64(shifted), j = index & 63;
    // The exponent of a double, and 64 times as much in the index: what is above it is
    // shifted out.
    scale[v] = FLOATS64(((index - j) << 46) + bits_of(1.0));
    roots[v] = look_up(table, j + j);
    const f64 k = ROUNDER - shifted;
    // ln 2/64 in three parts, of which the first two times k are exact.
    const f64 near = FMA(k, ALL64(0x1.62e42fefa0000p-7), y[v].high);
    r[v] = FMA(k, ALL64(0x1.cf79abc9e0000p-46), near);
    const f64 rest = FMA(k, ALL64(0x1.cf79abc9e0000p-46), near - r[v]);
    s[v] = FMA(k, ALL64(0x1.d9cc01f97b57ap-85), rest + y[v].low);
  }
  in_step(r, count);
  in_step(s, count);
  EACH_DOUBLE {
    // eʳ − 1 is r + s.
    const double *k = at_hand(LEVEL(expm1_square));
    f64 tail = FMA(r[v], ALL64(k[0]), ALL64(k[1]));
    UNROLLED for (int i = 2; i < 6; i++) tail = FMA(tail, r[v], ALL64(k[i]));
    const f64 square = r[v] * r[v];
    s[v] = FMA(square, tail, FMA(s[v], FMA(square, ALL64(0.5), r[v]), s[v]));
  }
  in_step(s, count);
  EACH_DOUBLE {
    const f64 product = roots[v].high * r[v];
    const f64 productRest = FMA(roots[v].high, r[v], -product);
    const Pair sum = ordered_sum(roots[v].high, product);
    const f64 rest = FMA(roots[v].high, s[v], FMA(roots[v].low, r[v], roots[v].low));
    const Pair power = ordered_sum(sum.high, (sum.low + productRest) + rest);
    y[v] = (Pair){power.high * scale[v], power.low * scale[v]};
  }
}

/// log(1 + r) of pairs |r| ≤ 2⁻⁷, of which the relative error is below 2⁻⁶⁶.
INLINE Pair log_one_plus_series(Pair r) {
  const f64 x = r.high;
  f64 tail = ALL64(-1.0 / 12);
  tail = tail * x + 1.0 / 11;
  tail = tail * x - 1.0 / 10;
  tail = tail * x + 1.0 / 9;
  tail = tail * x - 1.0 / 8;
  tail = tail * x + 1.0 / 7;
  tail = tail * x - 1.0 / 6;
  tail = tail * x + 1.0 / 5;
  tail = tail * x - 1.0 / 4;
  tail = tail * x + 1.0 / 3;
  const Pair square = word_times(r, r);
  const Pair half = {-0.5 * square.high, -0.5 * square.low};
  return word_plus(r, word_plus_double(half, x * square.high * tail));
}

/// log(1 + x) of pairs in 0 … 2⁵⁰: operation by operation that of DoubleDouble in
/// InformationTheory, so that both give the same bits. The table has three numbers for each
/// of 128 parts of 1 ..< 2.
INLINE Pair double_log_one_plus(Pair x, const double *table) {
  const i64 isSmall = x.high < 0x1p-8;
  const Pair sum = word_plus((Pair){ALL64(1.0), ALL64(0.0)}, x);
  const i64 bits = BITS64(sum.high), index = (bits >> 45) & 127;
  // From √2 on, half the significand is used.
  const i64 isHalved = index >= 53;
  const i64 exponent = (bits >> 52) - 1023 - isHalved;
  const f64 m = FLOATS64((bits & 0xfffffffffffff) + bits_of(1.0) + (isHalved << 52));
  const Pair entry = look_up(table, 3 * index), logarithm = look_up(table + 1, 3 * index);
  const f64 inverse = entry.high, low = sum.low * FLOATS64((1023 - exponent) << 52);
  const f64 product = m * inverse;
  const Pair near = two_sum(product - 1.0, FMA(low, inverse, FMA(m, inverse, -product)));
  const Pair r = {isSmall ? x.high : near.high, isSmall ? x.low : near.low};
  const Pair tail = log_one_plus_series(r);
  const f64 e = __builtin_convertvector(exponent, f64);
  const Pair leading = two_sum(e * 0x1.62e42fefa3000p-1, logarithm.high);
  const f64 trailing = e * 0x1.3de6af278ece6p-42 + logarithm.low;
  const Pair all = word_plus(ordered_sum(leading.high, leading.low + trailing), tail);
  return (Pair){isSmall ? tail.high : all.high, isSmall ? tail.low : all.low};
}
