// A lane for each of several rows: columns of tables whose rows lie one after the other.

/// A number by itself: of several, compilers would gather or scatter with AVX-512, which is slow,
/// and more than some emulators know.
INLINE double alone(double number) {
#ifdef REGISTER
  __asm__("" : "+" REGISTER(number));
#endif
  return number;
}

/// A column of as many rows as there are lanes, which lie so far apart.
INLINE f64 load_column(const double *x, size_t apart) {
  f64 column;
  UNROLLED for (size_t lane = 0; lane < LANES64; lane++) column[lane] = alone(x[lane * apart]);
  return column;
}

INLINE f64 load_column_of_floats(const float *x, size_t apart) {
  f64 column;
  UNROLLED for (size_t lane = 0; lane < LANES64; lane++) column[lane] = alone(x[lane * apart]);
  return column;
}

INLINE void store_column(double *x, size_t apart, f64 column) {
  UNROLLED for (size_t lane = 0; lane < LANES64; lane++) x[lane * apart] = alone(column[lane]);
}
