// The kernels of measures.

#include "levels.h"

static const size_t sizes[] = {0, 1, 2, 7, 8, 9, 15, 16, 17, 31, 33, 64, 100, 257, 1000, 4099};
enum { size_count = sizeof sizes / sizeof *sizes, longest = 4099, families = 5 };

/// A mass: of one magnitude, of all magnitudes, with what is hard in between, or nearly
/// the number beside it.
static double mass(Random *random, int family, double beside) {
  const double unit = next_unit(random);
  const double wide = (1 + unit) / (double)((uint64_t)1 << next_below(random, 62));
  switch (family) {
    case 0: return unit * 0x1p-10;
    case 1: return wide * 0.25;
    case 2: return next_below(random, 4) == 0 ? 0 : wide * 0.25;
    case 3:
      switch (next_below(random, 64)) {
        case 0: return 0.75;
        case 1: return 0x1p-1074 * (double)next_below(random, 1000);
        case 2: return 0x1p-60 * unit;
        default: return unit * 0x1p-8;
      }
    default: return beside * (1 + (unit - 0.5) / (double)((uint64_t)1 << next_below(random, 50)));
  }
}

typedef struct {
  double p[longest], q[longest];
  float p32[longest], q32[longest];
} Masses;

static void draw(Masses *masses, Random *random, int family, size_t count) {
  for (size_t i = 0; i < count; i++) {
    masses->p[i] = mass(random, family == 4 ? 1 : family, 0);
    masses->q[i] = mass(random, family, masses->p[i]);
    masses->p32[i] = (float)masses->p[i];
    masses->q32[i] = (float)masses->q[i];
  }
}

static void digest_mass_sums(Digest *digest, const MassSums *sums) {
  digest_sum(digest, sums->terms);
  digest_sum(digest, sums->masses);
  digest_word(digest, sums->hard != 0);
}

static void digest_pair_sums(Digest *digest, const PairSums *sums) {
  digest_sum(digest, sums->first);
  digest_sum(digest, sums->second);
  digest_sum(digest, sums->p);
  digest_sum(digest, sums->q);
  digest_word(digest, sums->hard != 0);
  digest_word(digest, sums->near != 0);
}

static void digest_one(Digest *digest, MassKernel kernel, const Masses *masses, size_t count,
                       MassScale scale) {
  MassSums sums = {0};
  kernel.f64(masses->p, count, scale, &sums);
  digest_mass_sums(digest, &sums);
  kernel.f32(masses->p32, count, scale, &sums);
  digest_mass_sums(digest, &sums);
}

static void digest_two(Digest *digest, PairKernel kernel, const Masses *masses, size_t count,
                       PairScale scale) {
  PairSums sums = {.near = 0};
  kernel.f64(masses->p, masses->q, count, scale, &sums);
  digest_pair_sums(digest, &sums);
  kernel.f32(masses->p32, masses->q32, count, scale, &sums);
  digest_pair_sums(digest, &sums);
}

/// Every list of every family, given to one kernel in the ways that it knows.
static Digest run_one(MassKernel kernel, double order) {
  Masses *masses = room(sizeof *masses);
  Digest digest = new_digest();
  for (int family = 0; family < families; family++) {
    for (size_t s = 0; s < size_count; s++) {
      Random random = {(uint64_t)family << 32 | s};
      draw(masses, &random, family, sizes[s]);
      const int halves = (int)(2 * order);
      digest_one(&digest, kernel, masses, sizes[s], (MassScale){1, 1, 0x1p-50, 0.5, halves, order});
      digest_one(&digest, kernel, masses, sizes[s], (MassScale){0x1p-3, 0x1p-2, 0x1p-1000, 1, halves, order});
    }
  }
  free(masses);
  return digest;
}

/// Both parts of results, of which the first may be NaN.
static void digest_parts(Digest *digest, const double *results, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const int isLeft = results[2 * i] != results[2 * i];
    digest_word(digest, (uint64_t)isLeft);
    if (isLeft) continue;
    digest_f64(digest, results[2 * i]);
    digest_f64(digest, results[2 * i + 1]);
  }
}

/// Rows of every family and of several widths, each brought to a sum of 1 or so.
static Digest run_few(void (*kernel)(const FewMasses *)) {
  enum { rows = 21, classes = measure_kernel_few_outcomes };
  static double p[rows * classes], q[rows * classes];
  static float p32[rows * classes], q32[rows * classes];
  Digest digest = new_digest();
  for (int family = 0; family < families; family++) {
    for (size_t count = 1; count <= classes; count += count < 12 ? 1 : 13) {
      Random random = {(uint64_t)5 << 48 | (uint64_t)family << 32 | count};
      for (size_t row = 0; row < rows; row++) {
        double *x = p + row * count, *y = q + row * count, sum = 0, other = 0;
        for (size_t c = 0; c < count; c++) {
          x[c] = mass(&random, family == 4 ? 1 : family, 0);
          y[c] = mass(&random, family, x[c]);
          sum += x[c];
          other += y[c];
        }
        for (size_t c = 0; c < count; c++) {
          p32[row * count + c] = (float)(x[c] /= sum);
          q32[row * count + c] = (float)(y[c] /= other);
        }
      }
      double results[2 * rows];
      kernel(&(FewMasses){p, q, 0, rows, count, (double)count * 0x1p-52, results});
      digest_parts(&digest, results, rows);
      kernel(&(FewMasses){p32, q32, 1, rows, count, (double)count * 0x1p-23, results});
      digest_parts(&digest, results, rows);
    }
  }
  return digest;
}

static Digest run_two(PairKernel kernel) {
  Masses *masses = room(sizeof *masses);
  Digest digest = new_digest();
  for (int family = 0; family < families; family++) {
    for (size_t s = 0; s < size_count; s++) {
      Random random = {(uint64_t)family << 32 | s};
      draw(masses, &random, family, sizes[s]);
      digest_two(&digest, kernel, masses, sizes[s], (PairScale){1, 0});
      digest_two(&digest, kernel, masses, sizes[s], (PairScale){0x1p-4, 0x1p-51});
    }
  }
  free(masses);
  return digest;
}

/// The places of pairs of labels of each type, and the counts at them.
static Digest run_labels(const MeasureKernels *kernels) {
  Digest digest = new_digest();
  for (size_t s = 0; s < size_count; s++) {
    Random random = {(uint64_t)4 << 48 | s};
    const size_t count = sizes[s] < 1024 ? sizes[s] : 1024;
    int64_t x[1024], y[1024];
    int32_t x32[1024], y32[1024];
    uint8_t x8[1024], y8[1024];
    uint32_t places[1024], counts[4 * 4096] = {0};
    for (size_t i = 0; i < count; i++) {
      x[i] = (int64_t)next_below(&random, 64) - 7;
      y[i] = (int64_t)next_below(&random, 64) + 100;
      x32[i] = (int32_t)x[i];
      y32[i] = (int32_t)y[i];
      x8[i] = (uint8_t)(x[i] + 7);
      y8[i] = (uint8_t)y[i];
    }
    const LabelBases bases = {(uint64_t)-7, 100, 6}, bases8 = {0, 100, 6};
    for (int type = 0; type < 3; type++) {
      const LabelBits bits = type == 0   ? kernels->places_i64(x, y, count, bases, places)
                             : type == 1 ? kernels->places_i32(x32, y32, count, bases, places)
                                         : kernels->places_u8(x8, y8, count, bases8, places);
      digest_word(&digest, bits.x);
      digest_word(&digest, bits.y);
      for (size_t i = 0; i < count; i++) digest_word(&digest, places[i]);
    }
    const LabelsAhead ahead = {x + count, y + count, sizeof *x};
    kernels->count_places(places, count, counts, 4096, 4, ahead);
    kernels->count_places(places, count, counts, 4096, 1, ahead);
    for (size_t i = 0; i < 4 * 4096; i++) digest_word(&digest, counts[i]);
  }
  return digest;
}

void run_measures(int level) {
  const MeasureKernels *kernels = measure_kernels(level);
  print_digest("entropy", run_one(kernels->entropy, 1));
  print_digest("powers, 1/2", run_one(kernels->powers, 0.5));
  print_digest("powers, 2", run_one(kernels->powers, 2));
  print_digest("powers, 7 1/2", run_one(kernels->powers, 7.5));
  print_digest("powers, 1/256", run_one(kernels->any_powers, 0x1p-8));
  print_digest("powers, 1.3", run_one(kernels->any_powers, 1.3));
  print_digest("powers, 7.9", run_one(kernels->any_powers, 7.9));
  print_digest("totals", run_two(kernels->totals));
  print_digest("kl", run_two(kernels->kl));
  print_digest("fine_kl", run_two(kernels->fine_kl));
  print_digest("jensen_shannon", run_two(kernels->jensen_shannon));
  print_digest("overlap", run_two(kernels->overlap));
  print_digest("root_gaps", run_two(kernels->root_gaps));
  print_digest("common", run_two(kernels->common));
  print_digest("variation", run_two(kernels->variation));
  print_digest("entropies of rows", run_few(kernels->entropies_of_rows));
  print_digest("divergences of rows", run_few(kernels->divergences_of_rows));
  print_digest("pairs of labels", run_labels(kernels));
}
