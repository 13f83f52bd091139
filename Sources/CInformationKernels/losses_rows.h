// What the kernels of long rows share: a row goes by blocks, and of each the largest
// logit, the powers below it and their sum are found while it is in the cache.

/// Powers are not taken below e⁻⁶⁰⁰, which is nothing to any float.
#define FLOOR 600.0f
/// Rows with a larger peak are left to the caller: the floor would be lost in rounding.
#define LARGEST_PEAK 0x1p30f
/// Rows of which the rest is less are left to the caller.
#define SMALLEST_REST 0x1p-600

/// The sum of the lanes in a fixed order.
INLINE double lane_sum(f64 vector) {
  double sum = 0;
  for (int lane = 0; lane < LANES64; lane++) sum += vector[lane];
  return sum;
}

/// The largest of at least LANES64 logits; where one is NaN, it or a number.
INLINE float block_peak(const float *x, size_t count) {
  f32_half lanes = load32_half(x);
  if (count >= LANES32) {
    f32 largest = load32(x), other = largest;
    size_t i = 0;
    for (; i + 2 * LANES32 <= count; i += 2 * LANES32) {
      largest = LARGER(load32(x + i), largest);
      other = LARGER(load32(x + i + LANES32), other);
    }
    if (i + LANES32 <= count) largest = LARGER(load32(x + i), largest);
    other = LARGER(load32(x + count - LANES32), other);
    largest = LARGER(other, largest);
    lanes = LARGER(largest.hi, largest.lo);
  } else {
    lanes = LARGER(load32_half(x + count - LANES64), lanes);
  }
  float peak = lanes[0];
  for (int lane = 1; lane < LANES64; lane++) peak = LARGER(lanes[lane], peak);
  return peak;
}

/// The first place of a number, or the count.
INLINE size_t first_place(const float *x, size_t count, float value) {
  const f32 sought = (f32)value;
  size_t i = 0;
  for (; i + 4 * LANES32 <= count; i += 4 * LANES32) {
    const i32 found = (load32(x + i) == sought) | (load32(x + i + LANES32) == sought) |
                      (load32(x + i + 2 * LANES32) == sought) |
                      (load32(x + i + 3 * LANES32) == sought);
    if (__builtin_reduce_or(found)) break;
  }
  while (i < count && !(x[i] == value)) i++;
  return i;
}

/// e^(x − peak) of a vector; NaN for NaN.
INLINE f64 powers_below(f32_half x, f32_half floor, f64 peak) {
  return exponential(__builtin_convertvector(LARGER(floor, x), f64) - peak);
}

/// What block_powers works on.
typedef struct {
  const float *x;
  double *scratch;
  f32_half floor;
  f64 peak;
} LEVEL(PowerBlock);

/// The powers of one vector, kept in scratch where they are wanted.
INLINE f64 kept_powers(const LEVEL(PowerBlock) *block, size_t i, int keeps) {
  const f64 power = powers_below(load32_half(block->x + i), block->floor, block->peak);
  if (keeps) store64(block->scratch + i, power);
  return power;
}

/// A sum, and to it the powers of whole vectors from one place to another.
INLINE f64 plus_powers(f64 sum, const LEVEL(PowerBlock) *block, size_t i, size_t end, int keeps) {
  for (; i < end; i += LANES64) {
    // Rows follow each other, so that what comes next is ahead.
    __builtin_prefetch(block->x + i + 2 * loss_kernel_block);
    sum += kept_powers(block, i, keeps);
  }
  return sum;
}

/// Writes e^(x − peak) of at least LANES64 logits to scratch, where they are wanted, and
/// returns their sum without that of the top, which is 1.
INLINE double block_powers(
    const float *x, size_t count, float peak, size_t top, double *scratch, int keeps) {
  const LEVEL(PowerBlock) block = {x, scratch, (f32_half)(peak - FLOOR), ALL64((double)peak)};
  f64 lanes;
  for (int lane = 0; lane < LANES64; lane++) lanes[lane] = lane;
  const size_t end = count - count % LANES64;
  const size_t top_vector = top - top % LANES64;
  f64 sum = plus_powers(ALL64(0.0), &block, 0, top_vector < end ? top_vector : end, keeps);
  if (top_vector < end) {
    const f64 power = kept_powers(&block, top_vector, keeps);
    sum += lanes == (double)(top - top_vector) ? ALL64(0.0) : power;
    sum = plus_powers(sum, &block, top_vector + LANES64, end, keeps);
  }
  if (end < count) {
    // The last vector reaches back into the one before it.
    const size_t start = count - LANES64;
    const f64 power = kept_powers(&block, start, keeps);
    const f64 fresh = lanes >= (double)(end - start) ? power : ALL64(0.0);
    sum += lanes == (double)top - (double)start ? ALL64(0.0) : fresh;
  }
  return lane_sum(sum);
}

/// Writes scratch times a scale as floats.
INLINE void write_scaled(float *target, const double *scratch, size_t count, double scale) {
  const f64 scales = ALL64(scale);
  size_t i = 0;
  for (; i + LANES64 <= count; i += LANES64) {
    store32_half(target + i, __builtin_convertvector(load64(scratch + i) * scales, f32_half));
  }
  if (i < count) {
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
