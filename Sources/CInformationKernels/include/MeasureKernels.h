#ifndef MEASURE_KERNELS_H
#define MEASURE_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/// The most elements that one call may sum: beyond it the integer lanes could overflow.
enum { measure_kernel_block = 32768 };

/// An exact sum: (high·2⁶⁴ + low)·unit.
typedef struct {
  uint64_t low;
  int64_t high;
} FixedPointSum;

/// The sums over a block of masses, without its hard elements: those that are neither 0
/// nor in 2⁻⁵⁰ ..< ½ after scaling, which the caller sums in its own way.
typedef struct {
  /// Σ x·log(x)/2, in units of 2⁻¹⁰².
  FixedPointSum terms;
  /// Σ x, in units of 2⁻¹⁰².
  FixedPointSum masses;
  /// Whether an element is hard.
  int64_t hard;
} EntropySums;

/// The sums over a block of two lists of masses, without its hard outcomes: those of
/// which a mass is neither 0 nor in 2⁻⁵⁰ ..< ½, or only the second is 0.
typedef struct {
  /// Σ p·log(p/q) − p + q, in units of 2⁻⁹⁶ and times the unit that the caller gave.
  FixedPointSum terms;
  /// Σ p and Σ q, in units of 2⁻¹⁰².
  FixedPointSum p, q;
  /// Whether an outcome is hard.
  int64_t hard;
} DivergenceSums;

/// The kernels of one level.
typedef struct {
  void (*entropy_f64)(const double *masses, size_t count, double scale, EntropySums *sums);
  void (*entropy_f32)(const float *masses, size_t count, double scale, EntropySums *sums);
  void (*kl_f64)(const double *p, const double *q, size_t count, double unit,
                 DivergenceSums *sums);
  void (*kl_f32)(const float *p, const float *q, size_t count, double unit,
                 DivergenceSums *sums);
} MeasureKernels;

#endif
