// Entropies of rows of few masses.

/// The sums of rows, and whether one has a mass that is not easy.
typedef struct {
  Tally terms, masses;
  /// How many masses are above 0.
  f64 positives;
  i64 hard;
} LEVEL(EntropyRows);

INLINE void add_masses(LEVEL(EntropyRows) *sums, f64 x, const MassScale *scale) {
  const f64 easy = take_masses(x, scale, &sums->hard);
  LEVEL(add_entropy)(easy, scale, &sums->terms);
  tally_add_exact(&sums->masses, easy);
  sums->positives -= __builtin_convertvector(easy > 0, f64);
}

/// The entropies of what so many masses have added up to; NaN where the caller has to look.
///
/// With T = 1 + d and S = −Σ x·log x, S/T + log T = S + d·(1 − S) + d²·(S − ½) + d³·(⅓ − S) + …
INLINE Pair finish_entropies(const LEVEL(EntropyRows) *sums, const FewMasses *rows) {
  const Pair half = tally_pairs(&sums->terms, rows->count);
  const Pair total = tally_pairs(&sums->masses, rows->count);
  const f64 d = word_plus_double(total, ALL64(-1.0)).high, square = d * d;
  const Pair sum = {half.high * -2, half.low * -2};
  const f64 first = (1 - sum.high) + d * (sum.high - 0.5);
  const f64 second = (1.0 / 3 - sum.high) + d * (sum.high - 0.25);
  const Pair entropy = word_plus_double(sum, d * first + (d * square) * second);
  const f64 distance = d < 0 ? -d : d;
  const i64 isNearOne = (distance < 0x1p-16) & (distance <= rows->tolerance);
  const i64 isFine = (entropy.high >= (double)rows->count * 0x1p-43) &
                     (entropy.high >= distance * 0x1p8);
  // Of a single mass of 1 the sums are exact.
  const i64 isPointMass = (sums->positives == 1) & (d == 0);
  const i64 isCertain = ~sums->hard & isNearOne & (isFine | isPointMass);
  return where_certain(isCertain, entropy);
}

INLINE Pair LEVEL(entropies_of_lanes)(LEVEL(MassTables) tables, const FewMasses *rows) {
  const MassScale scale = {.masses = 1, .least = 0x1p-1000, .most = 1};
  LEVEL(EntropyRows) sums = {.positives = (f64)0};
  for (size_t c = 0; c < rows->count; c++) {
    add_masses(&sums, load_outcome(tables.p, tables.areFloats, rows->count, c), &scale);
  }
  return finish_entropies(&sums, rows);
}

FEW_MASSES_KERNEL(entropies_of_rows, LEVEL(entropies_of_lanes))
