// What the functions of rows share: how a row is cut into vectors, its largest logit,
// and its powers.

/// Powers are not taken below e⁻⁶⁰⁰, which is nothing to any float.
#define LEAST_DEPTH (-600.0)

/// The largest lane.
INLINE float largest_logit(f32 vector) { return largest_lane(LARGER(vector.lo, vector.hi)); }

/// Where the whole vectors of a row end.
INLINE size_t whole_end(size_t count) { return count - count % LANES32; }

/// The last elements of a row that is longer than a vector, those that no whole vector has, in
/// the last lanes. In the others are elements that have been before.
INLINE f32 load_row_end(const float *x, size_t count) { return load32(x + count - LANES32); }

/// Puts what became of these elements in their places.
INLINE void store_row_end(float *target, size_t count, f32 end) {
  store32(target + count - LANES32, end);
}

/// Two vectors of doubles for one of floats.
typedef struct {
  f64 low, high;
} Wide64;

INLINE Wide64 widened(f32 x) {
  return (Wide64){__builtin_convertvector(x.lo, f64), __builtin_convertvector(x.hi, f64)};
}

/// The floats of one vector from memory, widened.
INLINE Wide64 load_widened(const float *x) {
  return (Wide64){load64_floats(x), load64_floats(x + LANES64)};
}

INLINE f32 narrowed(Wide64 x) {
  f32 vector;
  vector.lo = __builtin_convertvector(x.low, f32_half);
  vector.hi = __builtin_convertvector(x.high, f32_half);
  return vector;
}

/// The lanes of a row's end that no whole vector has.
INLINE i32 fresh_lanes(size_t count) {
  i32 lanes;
  for (int lane = 0; lane < LANES32; lane++) lanes[lane] = lane;
  return lanes >= (i32)(int32_t)(LANES32 - count % LANES32);
}

/// Makes the other lanes 0.
INLINE Wide64 fresh_powers(Wide64 powers, size_t count) {
  const i32 fresh = fresh_lanes(count);
  return (Wide64){FLOATS64(BITS64(powers.low) & __builtin_convertvector(fresh.lo, i64)),
                  FLOATS64(BITS64(powers.high) & __builtin_convertvector(fresh.hi, i64))};
}

/// Makes the other lanes −∞.
INLINE f32 fresh_logits(f32 x, size_t count) {
  return fresh_lanes(count) ? x : (f32)-__builtin_inff();
}

/// So many rows share a logarithm, if they fit in the first cache together.
INLINE size_t rows_at_once(size_t count) { return count <= 1024 ? LANES64 : 1; }

/// The largest logit; where one is NaN, it or a number.
INLINE float row_peak(const float *x, size_t count) {
  f32 a = load_row_end(x, count), b = a, c = a, d = a;
  size_t i = 0;
  for (; i + 4 * LANES32 <= count; i += 4 * LANES32) {
    a = LARGER(load32(x + i), a);
    b = LARGER(load32(x + i + LANES32), b);
    c = LARGER(load32(x + i + 2 * LANES32), c);
    d = LARGER(load32(x + i + 3 * LANES32), d);
  }
  for (; i + LANES32 <= count; i += LANES32) a = LARGER(load32(x + i), a);
  a = LARGER(a, b);
  c = LARGER(c, d);
  return largest_logit(LARGER(a, c));
}

/// log₂e, the rounder, and the coefficients of 2ᶠ from the eighth down.
static const double LEVEL(power_numbers)[11] = {
    0x1.71547652b82fep0,   ROUNDER,
    0x1.66348981ff7d3p-20, 0x1.00ee07139274bp-16, 0x1.4306c114d4df8p-13, 0x1.5d872975d4444p-10,
    0x1.3b2ab7f3b3f04p-7,  0x1.c6b08defc2516p-5,  0x1.ebfbdff7c5a71p-3,  0x1.62e42fef7a78bp-1,
    1.0};

/// eᶻ of two vectors of z ≤ 0; 1 for 0, NaN for NaN. The relative error is below 2⁻³⁹
/// where z is not below the least depth.
INLINE Wide64 powers_of_depths(Wide64 z) {
  const double *k = at_hand(LEVEL(power_numbers));
  const f64 depths[2] = {LARGER(ALL64(LEAST_DEPTH), z.low), LARGER(ALL64(LEAST_DEPTH), z.high)};
  f64 rounded[2], f[2], powers[2];
  split_exponents(depths, rounded, f, 2, k);
  raise_parts(powers, rounded, f, 2, k + 2, 9);
  return (Wide64){powers[0], powers[1]};
}
