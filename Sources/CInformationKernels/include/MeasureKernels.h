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

/// What the kernels of one list multiply with.
typedef struct {
  /// A power of two by which masses are multiplied.
  double masses;
  /// A power of two by which powers are multiplied.
  double unit;
  /// Twice the exponent of powers that are multiples of ½, at least 1.
  int halves;
  /// The exponent of any powers, above 0 and at most 8.
  double order;
} MassScale;

/// The sums over a block of masses, without its hard elements: those that are neither 0
/// nor in 2⁻⁵⁰ ..< ½ after scaling, which the caller sums in its own way.
typedef struct {
  /// What the kernel is for, in units of 2⁻¹⁰².
  FixedPointSum terms;
  /// Σ x, in units of 2⁻¹⁰².
  FixedPointSum masses;
  /// Whether an element is hard.
  int64_t hard;
} MassSums;

/// A kernel of one list, of each type.
typedef struct {
  void (*f64)(const double *masses, size_t count, MassScale scale, MassSums *sums);
  void (*f32)(const float *masses, size_t count, MassScale scale, MassSums *sums);
} MassKernel;

/// What the kernels of two lists multiply with.
typedef struct {
  /// A power of two by which the terms of divergences are multiplied.
  double unit;
  /// By how much the probabilities of q are larger than its masses, relative to those of p.
  double drift;
} PairScale;

/// The sums over a block of two lists of masses, without its hard outcomes: those of
/// which a mass is neither 0 nor in 2⁻⁵⁰ ..< ½, which the caller sums in its own way.
typedef struct {
  /// What the kernel is for, in units of 2⁻¹⁰².
  FixedPointSum first, second;
  /// Σ p and Σ q, in units of 2⁻¹⁰².
  FixedPointSum p, q;
  /// Whether an outcome is hard.
  int64_t hard;
  /// Whether p and q of an outcome differ by less than a part in 2³⁰; of the variation.
  int64_t near;
} PairSums;

/// A kernel of two lists, of each type.
typedef struct {
  void (*f64)(const double *p, const double *q, size_t count, PairScale scale, PairSums *sums);
  void (*f32)(const float *p, const float *q, size_t count, PairScale scale, PairSums *sums);
} PairKernel;

/// Where the windows of two columns of labels begin, and log2 of the second's width.
typedef struct {
  uint64_t x, y;
  unsigned shift;
} LabelBases;

/// Two columns from where the next labels are, of 1, 2, 4 or 8 bytes each; they may end there.
typedef struct {
  const void *x, *y;
  size_t labelSize;
} LabelsAhead;

/// All bits of the labels of two columns, counted from the bases.
typedef struct {
  uint64_t x, y;
} LabelBits;

/// The kernels of one level.
typedef struct {
  /// Σ x·log(x)/2.
  MassKernel entropy;
  /// Σ x^(halves/2), times the unit.
  MassKernel powers;
  /// Σ x^order, times the unit.
  MassKernel any_powers;
  /// Nothing but the totals.
  PairKernel totals;
  /// Σ p·log(p/q) − p + q, in the unit over 64. Outcomes with p alone are hard.
  PairKernel kl;
  /// Σ ½p·log(p/m) + ½q′·log(q′/m), q′ = q·(1 + drift), m their mean, times the unit.
  PairKernel jensen_shannon;
  /// Σ ½(√p − √q)², times the unit, and Σ √(pq).
  PairKernel overlap;
  /// Σ p and Σ q of the outcomes with p > q·(1 + drift).
  PairKernel variation;
  /// Writes (x − base)·2^shift + (y − base) of each pair of labels, modulo 2³².
  LabelBits (*places_i64)(const int64_t *x, const int64_t *y, size_t count, LabelBases bases,
                          uint32_t *places);
  LabelBits (*places_i32)(const int32_t *x, const int32_t *y, size_t count, LabelBases bases,
                          uint32_t *places);
  LabelBits (*places_u8)(const uint8_t *x, const uint8_t *y, size_t count, LabelBases bases,
                         uint32_t *places);
  /// Adds 1 to the counts at some places of a table; of one with 4 copies, in turn.
  void (*count_places)(const uint32_t *places, size_t count, uint32_t *counts, size_t size,
                       int copies, LabelsAhead ahead);
} MeasureKernels;

#endif
