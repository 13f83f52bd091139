// The places of pairs of labels in a table of counts.

/// Writes (x − base)·2^shift + (y − base) of so many pairs, modulo 2³².
///
/// - Returns: The bits of all x − base and of all y − base, modulo 2⁶⁴.
#define PLACES(NAME, LABEL)                                                                   \
  static LabelBits LEVEL(NAME)(const LABEL *x, const LABEL *y, size_t count,                  \
                               LabelBases bases, uint32_t *places) {                          \
    typedef LABEL labels __attribute__((ext_vector_type(LANES64)));                           \
    typedef uint32_t numbers __attribute__((ext_vector_type(LANES64)));                       \
    u64 rows = 0, columns = 0;                                                                \
    size_t i = 0;                                                                             \
    for (; i + LANES64 <= count; i += LANES64) {                                              \
      labels a, b;                                                                            \
      memcpy(&a, x + i, sizeof a);                                                            \
      memcpy(&b, y + i, sizeof b);                                                            \
      __builtin_prefetch(x + i + 4096 / sizeof(LABEL));                                       \
      __builtin_prefetch(y + i + 4096 / sizeof(LABEL));                                       \
      u64 row = (u64)__builtin_convertvector(a, i64) - bases.x;                               \
      u64 column = (u64)__builtin_convertvector(b, i64) - bases.y;                            \
      rows |= row;                                                                            \
      columns |= column;                                                                      \
      numbers place = __builtin_convertvector((row << bases.shift) + column, numbers);        \
      memcpy(places + i, &place, sizeof place);                                               \
    }                                                                                         \
    LabelBits bits = {__builtin_reduce_or(rows), __builtin_reduce_or(columns)};               \
    for (; i < count; i++) {                                                                  \
      uint64_t row = (uint64_t)(int64_t)x[i] - bases.x, column = (uint64_t)(int64_t)y[i] - bases.y; \
      bits.x |= row;                                                                          \
      bits.y |= column;                                                                       \
      places[i] = (uint32_t)((row << bases.shift) + column);                                  \
    }                                                                                         \
    return bits;                                                                              \
  }

PLACES(places_i64, int64_t)
PLACES(places_i32, int32_t)
PLACES(places_u8, uint8_t)

/// Adds 1 to the counts at some places.
///
/// Of a small table there are four copies, one after the other, used in turn, so that a
/// count that was just written is not read at once. To find places waits for memory and to
/// count does not: the labels of the next places are asked for here.
static void LEVEL(count_places)(const uint32_t *places, size_t count, uint32_t *counts,
                                size_t size, int copies, LabelsAhead ahead) {
  const size_t apart = copies == 4 ? size : 0;
  uint32_t *second = counts + apart, *third = second + apart, *fourth = third + apart;
  const char *x = ahead.x, *y = ahead.y;
  const size_t line = 64 / ahead.labelSize;
  size_t i = 0;
  while (i + line <= count) {
    __builtin_prefetch(x);
    __builtin_prefetch(y);
    x += 64;
    y += 64;
    for (const size_t end = i + line; i < end; i += 4) {
      counts[places[i]]++;
      second[places[i + 1]]++;
      third[places[i + 2]]++;
      fourth[places[i + 3]]++;
    }
  }
  for (; i < count; i++) counts[places[i]]++;
}
