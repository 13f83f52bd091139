// What the kernels of long rows share: the powers of a row, kept or not, and their sum.
//
// Doubles hold eˣ of every ordinary logit, so that a row is read once, and its largest
// logit is found on the way. Only where that shows a row to be far from 0 it is read again
// and its peak taken off.

/// Powers are not taken below e⁻⁶⁰⁰, which is nothing to any float.
#define FLOOR 600.0f
/// Rows with a larger peak are left to the caller: the floor would be lost in rounding.
#define LARGEST_PEAK 0x1p30f
/// Rows of which the rest is less are left to the caller.
#define SMALLEST_REST 0x1p-600
/// Rows with a label at the floor are, too.
#define SMALLEST_OWN 0x1p-865

/// So many powers are summed on their own, so that errors of rounding do not grow with a
/// row.
#define POWER_BLOCK (42 * POWER_GROUP * LANES64)

typedef double f64_half __attribute__((ext_vector_type(LANES64 / 2)));
typedef double f64_quarter __attribute__((ext_vector_type(LANES64 / 4)));
typedef float f32_quarter __attribute__((ext_vector_type(LANES64 / 2)));
typedef float f32_eighth __attribute__((ext_vector_type(LANES64 / 4)));

/// The sum of the lanes in a fixed order.
INLINE double lane_sum(f64 vector) {
  const f64_half half = vector.lo + vector.hi;
  const f64_quarter quarter = half.lo + half.hi;
  return quarter.x + quarter.y;
}

/// The largest lane; where one is NaN, it or a number.
INLINE float largest_lane(f32_half vector) {
  const f32_quarter half = LARGER(vector.lo, vector.hi);
  const f32_eighth quarter = LARGER(half.lo, half.hi);
  return LARGER(quarter.x, quarter.y);
}

/// A row of logits, whose powers are taken.
typedef struct {
  const float *x;
  /// How many numbers there are from these on, at least a vector.
  size_t reach;
  /// Where the powers are kept.
  double *scratch;
  size_t count;
  /// What is taken off the logits.
  double shift;
  /// Receives the largest logits.
  f32_half peaks;
  /// The bound of a soft-cap, and where its derivatives are kept.
  double cap;
  double *slopes;
} LEVEL(PowerRow);

/// Where powers come from and go to.
typedef struct {
  /// Whether they are read from where they were kept.
  int reads;
  int keeps;
  /// Whether something is taken off the logits.
  int shifts;
  /// Whether they are right to 2⁻⁵⁰.
  int isFine;
  /// Whether logits are capped first.
  int caps;
} LEVEL(PowerUse);

/// Powers of up to a group of whole vectors.
INLINE void row_powers(LEVEL(PowerRow) *row, size_t i, f64 *z, int count, LEVEL(PowerUse) use) {
  if (use.reads) {
    UNROLLED for (int v = 0; v < count; v++) z[v] = load64(row->scratch + i + v * LANES64);
    return;
  }
  UNROLLED for (int v = 0; v < count; v++) {
    const f32_half x = load32_half(row->x + i + v * LANES64);
    row->peaks = LARGER(x, row->peaks);
    z[v] = __builtin_convertvector(x, f64);
  }
  f64 slopes[POWER_GROUP];
  if (use.caps) cap_logits(z, slopes, count, row->cap);
  UNROLLED for (int v = 0; v < count; v++) {
    if (use.shifts) z[v] -= row->shift;
    z[v] = LARGER(ALL64(-(double)FLOOR), z[v]);
  }
  if (use.isFine) {
    fine_exponentials(z, count);
  } else {
    exponentials(z, count);
  }
  UNROLLED for (int v = 0; v < count && use.keeps; v++) {
    store64(row->scratch + i + v * LANES64, z[v]);
    if (use.caps) store64(row->slopes + i + v * LANES64, slopes[v]);
  }
}

/// The powers from one place to another, fewer than a vector, and 0 in the other lanes.
INLINE f64 last_powers(LEVEL(PowerRow) *row, size_t i, size_t end, LEVEL(PowerUse) use) {
  // The vector may reach back or ahead, where the powers are the same again.
  const size_t start = i + LANES64 <= row->reach ? i : row->reach - LANES64;
  f64 z[1], place;
  row_powers(row, start, z, 1, use);
  for (int lane = 0; lane < LANES64; lane++) place[lane] = lane;
  place += (double)start;
  return where((place >= (double)i) & (place < (double)end), z[0]);
}

/// The sum of the powers from one place to another, in an order that depends on these alone.
INLINE double power_sum(LEVEL(PowerRow) *row, size_t i, size_t end, LEVEL(PowerUse) use) {
  f64 total = ALL64(0.0);
  while (i < end) {
    f64 sum = ALL64(0.0), z[POWER_GROUP];
    const size_t block_end = end - i < POWER_BLOCK ? end : i + POWER_BLOCK;
    for (; i + POWER_GROUP * LANES64 <= block_end; i += POWER_GROUP * LANES64) {
      // Rows follow each other, so that what comes next is ahead.
      if (!use.reads) {
        __builtin_prefetch(row->x + i + 2 * POWER_BLOCK);
        __builtin_prefetch(row->x + i + 2 * POWER_BLOCK + LANES32);
      }
      row_powers(row, i, z, POWER_GROUP, use);
      UNROLLED for (int v = 0; v < POWER_GROUP; v++) sum += z[v];
    }
    for (; i + LANES64 <= block_end; i += LANES64) {
      row_powers(row, i, z, 1, use);
      sum += z[0];
    }
    if (i < block_end) sum += last_powers(row, i, block_end, use);
    total += sum;
    i = block_end;
  }
  return lane_sum(total);
}

/// A row, or where it is shorter than a vector a copy of it in room for one.
INLINE const float *whole_vectors(const float *x, size_t count, float *room) {
  if (count >= LANES64) return x;
  store32_half(room, (f32_half)x[0]);
  memcpy(room, x, count * sizeof(float));
  return room;
}

/// Multiplies numbers by others.
INLINE void multiply_all(double *x, const double *factors, size_t count) {
  size_t i = 0;
  for (; i + LANES64 <= count; i += LANES64) {
    store64(x + i, load64(x + i) * load64(factors + i));
  }
  for (; i < count; i++) x[i] *= factors[i];
}

/// Writes scratch times a scale as floats.
INLINE void write_scaled(float *target, const double *scratch, size_t count, double scale) {
  const f64 scales = ALL64(scale);
  size_t i = 0;
  for (; i + LANES64 <= count; i += LANES64) {
    store32_half(target + i, __builtin_convertvector(load64(scratch + i) * scales, f32_half));
  }
  if (count < LANES64) {
    for (; i < count; i++) target[i] = (float)(scratch[i] * scale);
  } else if (i < count) {
    i = count - LANES64;
    store32_half(target + i, __builtin_convertvector(load64(scratch + i) * scales, f32_half));
  }
}

/// The same, past the caches where a line of 64 bytes is whole: the others are shared
/// with the rows beside, and a line stored past the caches must not be touched again.
INLINE void stream_scaled(float *target, const double *scratch, size_t count, double scale) {
  size_t i = 0;
  while (i < count && ((uintptr_t)(target + i) & 63) != 0) {
    target[i] = (float)(scratch[i] * scale);
    i++;
  }
  const f64 scales = ALL64(scale);
  for (; i + LANES32 <= count; i += LANES32) {
    f32 line;
    line.lo = __builtin_convertvector(load64(scratch + i) * scales, f32_half);
    line.hi = __builtin_convertvector(load64(scratch + i + LANES64) * scales, f32_half);
    __builtin_nontemporal_store(line, (f32 *)(target + i));
  }
  for (; i < count; i++) target[i] = (float)(scratch[i] * scale);
}
