#ifndef MEASURE_KERNELS_H
#define MEASURE_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/// The most elements that one call may sum: beyond it the integer lanes could overflow.
enum { measure_kernel_block = 16384 };

/// The most outcomes of rows that are worked on side by side.
enum { measure_kernel_few_outcomes = 64 };

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
  /// The smallest and the largest of the scaled masses that the kernel takes, beside 0: from 2⁻⁵⁰
  /// up their sum is exact, and up to ½ no logarithm cancels against that of the total.
  double least, most;
  /// Twice the exponent of powers that are multiples of ½, at least 1.
  int halves;
  /// The exponent of any powers, above 0 and at most 8.
  double order;
} MassScale;

/// The sums over a block of masses, without its hard elements: those that the kernel does not
/// take, which the caller sums in its own way.
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

/// Rows of few masses, one after the other.
typedef struct {
  /// The masses, and those that they are compared with, if they are: doubles or floats.
  const void *p, *q;
  int areFloats;
  /// How many rows there are, and the outcomes of each, up to `measure_kernel_few_outcomes`.
  size_t rowCount, count;
  /// How far the total of a row may be from 1.
  double tolerance;
  /// Where both parts of each row's result go. The first is NaN where the caller has to look: at
  /// what are no probabilities, or not such as the kernel takes.
  double *results;
} FewMasses;

/// What the kernels of two lists multiply with.
typedef struct {
  /// A power of two by which the terms of divergences are multiplied.
  double unit;
  /// By how much the probabilities of q are larger than its masses, relative to those of p.
  double drift;
} PairScale;

/// The sums over a block of two lists of masses, without its hard outcomes: those of
/// which a mass is neither 0 nor in 2⁻⁵⁰ ... 1, which the caller sums in its own way.
typedef struct {
  /// What the kernel is for, in units of 2⁻¹⁰².
  FixedPointSum first, second;
  /// Σ p and Σ q, in units of 2⁻¹⁰².
  FixedPointSum p, q;
  /// Whether an outcome is hard.
  int64_t hard;
  /// Whether p and q of an outcome differ by less than a part in 2³⁰; of what is common.
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
  /// The same, with terms right to 2⁻⁶¹.
  PairKernel fine_kl;
  /// Σ ½p·log(p/m) + ½q′·log(q′/m), q′ = q·(1 + drift), m their mean, times the unit.
  PairKernel jensen_shannon;
  /// Σ √(pq).
  PairKernel overlap;
  /// Σ ½(√p − √q)², times the unit.
  PairKernel root_gaps;
  /// Σ min(p, q), and Σ q of the outcomes with p > q, each rounded to a multiple of 2⁻⁵¹.
  PairKernel common;
  /// Σ p and Σ q of the outcomes with p > q·(1 + drift).
  PairKernel variation;
  /// −Σ p·log p of each row, of p = x/Σx.
  void (*entropies_of_rows)(const FewMasses *);
  /// Σ p·log(p/q) of each pair of rows, of p = x/Σx and q = y/Σy.
  void (*divergences_of_rows)(const FewMasses *);
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
