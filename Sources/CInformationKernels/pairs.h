// Sums over the outcomes of two lists of masses.

/// What the kernels of two lists add up; what the first two are is up to the measure.
typedef struct {
  Tally first, second, p, q;
  i64 hard, near;
} LEVEL(PairTallies);

/// A loop over two lists, whose step adds an outcome in each lane. How the second sum comes from
/// its tally is up to the measure too.
#define PAIR_KERNEL(NAME, STEP, SECOND_SUM, SCALAR, LOAD, LOAD_PART)                                      \
  static void LEVEL(NAME)(const SCALAR *p, const SCALAR *q, size_t count, PairScale scale,    \
                          PairSums *sums) {                                                   \
    LEVEL(PairTallies) tallies = {0};                                                         \
    size_t i = 0;                                                                             \
    for (; i + LANES64 <= count; i += LANES64) {                                              \
      __builtin_prefetch(p + i + 4096 / sizeof(SCALAR));                                      \
      __builtin_prefetch(q + i + 4096 / sizeof(SCALAR));                                      \
      STEP(LOAD(p + i), LOAD(q + i), &scale, &tallies);                                       \
    }                                                                                         \
    size_t steps = i / LANES64;                                                               \
    if (i < count) {                                                                          \
      STEP(LOAD_REST(LOAD, LOAD_PART, p, i, count),                                           \
           LOAD_REST(LOAD, LOAD_PART, q, i, count), &scale, &tallies);                        \
      steps++;                                                                                \
    }                                                                                         \
    sums->first = tally_sum(&tallies.first, steps);                                           \
    sums->second = SECOND_SUM(&tallies.second, steps);                                        \
    sums->p = tally_sum(&tallies.p, steps);                                                   \
    sums->q = tally_sum(&tallies.q, steps);                                                   \
    sums->hard = any_lane(tallies.hard);                                                      \
    sums->near = any_lane(tallies.near);                                                      \
  }

#define PAIR_KERNELS_SECOND(NAME, STEP, SECOND_SUM)                                           \
  PAIR_KERNEL(NAME##_f64, STEP, SECOND_SUM, double, load64, load64_rest)                      \
  PAIR_KERNEL(NAME##_f32, STEP, SECOND_SUM, float, load64_floats, load64_floats_rest)

#define PAIR_KERNELS(NAME, STEP) PAIR_KERNELS_SECOND(NAME, STEP, tally_sum)

/// The masses of an outcome in order, and the lanes in which both are positive.
typedef struct {
  f64 smaller, larger;
  i64 both;
} LEVEL(TakenPair);

/// Adds to the totals; what is neither easy nor 0 becomes 0 with its partner.
INLINE LEVEL(TakenPair) take_pair(f64 *p, f64 *q, LEVEL(PairTallies) *tallies) {
  // Written so that NaN is not easy: it comes through one of the two.
  f64 smaller = *p < *q ? *p : *q, larger = *q > *p ? *q : *p;
  i64 both = (smaller >= 0x1p-50) & (larger <= 1);
  if (__builtin_expect(__builtin_reduce_and(both) == 0, 0)) {
    i64 easy = (is_easy(*p) | (*p == 0)) & (is_easy(*q) | (*q == 0));
    tallies->hard |= ~easy;
    *p = where(easy, *p);
    *q = where(easy, *q);
    smaller = where(easy, smaller);
    larger = where(easy, larger);
  }
  tally_add_exact(&tallies->p, *p);
  tally_add_exact(&tallies->q, *q);
  return (LEVEL(TakenPair)){smaller, larger, both};
}

INLINE void LEVEL(add_totals)(f64 p, f64 q, const PairScale *scale,
                              LEVEL(PairTallies) *tallies) {
  (void)scale;
  take_pair(&p, &q, tallies);
}

PAIR_KERNELS(totals, LEVEL(add_totals))
