// Rows of few masses: a lane for each of several rows, so that no row needs a sum across lanes. The
// bits are those of a row by itself.

/// The rows from some row on, as many as there are lanes; of the second table where there is one.
typedef struct {
  const void *p, *q;
  int areFloats;
} LEVEL(MassTables);

/// An outcome of each row.
INLINE f64 load_outcome(const void *masses, int areFloats, size_t count, size_t c) {
  return areFloats ? load_column_of_floats((const float *)masses + c, count)
                   : load_column((const double *)masses + c, count);
}

/// Results, and NaN where the caller has to look.
INLINE Pair where_certain(i64 isCertain, Pair results) {
  return (Pair){isCertain ? results.high : ALL64(__builtin_nan("")), results.low};
}

/// As many rows as there are lanes, of a table that ends before: a copy with rows of 0.
INLINE const void *last_rows(const void *masses, size_t size, double *room) {
  return masses ? memcpy(room, masses, size) : NULL;
}

typedef Pair (*LEVEL(FewMassesStep))(LEVEL(MassTables), const FewMasses *);

/// Whole tables, whose results a step computes of as many rows as there are lanes.
INLINE void walk_few_masses(const FewMasses *rows, int areFloats, LEVEL(FewMassesStep) step) {
  const size_t size = rows->count * (areFloats ? sizeof(float) : sizeof(double));
  const char *p = rows->p, *q = rows->q;
  size_t row = 0;
  for (; row + LANES64 <= rows->rowCount; row += LANES64) {
    const LEVEL(MassTables) tables = {p + row * size, q ? q + row * size : NULL, areFloats};
    store_words(rows->results + 2 * row, step(tables, rows));
  }
  const size_t rest = rows->rowCount - row;
  if (rest == 0) return;
  double rooms[2][LANES64 * measure_kernel_few_outcomes] = {0}, results[2 * LANES64];
  const LEVEL(MassTables) tables = {
      last_rows(p + row * size, rest * size, rooms[0]),
      last_rows(q ? q + row * size : NULL, rest * size, rooms[1]), areFloats};
  store_words(results, step(tables, rows));
  memcpy(rows->results + 2 * row, results, 2 * rest * sizeof(double));
}

#define FEW_MASSES_KERNEL(NAME, STEP)              \
  static void LEVEL(NAME)(const FewMasses *rows) { \
    if (rows->areFloats) {                         \
      walk_few_masses(rows, 1, STEP);              \
    } else {                                       \
      walk_few_masses(rows, 0, STEP);              \
    }                                              \
  }
