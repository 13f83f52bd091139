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

static void digest_entropy(Digest *digest, const EntropySums *sums) {
  digest_sum(digest, sums->terms);
  digest_sum(digest, sums->masses);
  digest_word(digest, sums->hard != 0);
}

static void digest_divergence(Digest *digest, const DivergenceSums *sums) {
  digest_sum(digest, sums->terms);
  digest_sum(digest, sums->p);
  digest_sum(digest, sums->q);
  digest_word(digest, sums->hard != 0);
}

void run_measures(int level) {
  const MeasureKernels *kernels = measure_kernels(level);
  Masses *masses = room(sizeof *masses);
  Digest entropy = new_digest(), entropy32 = new_digest();
  Digest kl = new_digest(), kl32 = new_digest();
  for (int family = 0; family < families; family++) {
    for (size_t s = 0; s < size_count; s++) {
      Random random = {(uint64_t)family << 32 | s};
      draw(masses, &random, family, sizes[s]);
      EntropySums sums;
      kernels->entropy_f64(masses->p, sizes[s], 1, &sums);
      digest_entropy(&entropy, &sums);
      kernels->entropy_f64(masses->p, sizes[s], 0x1p-3, &sums);
      digest_entropy(&entropy, &sums);
      kernels->entropy_f32(masses->p32, sizes[s], 1, &sums);
      digest_entropy(&entropy32, &sums);
      DivergenceSums both;
      kernels->kl_f64(masses->p, masses->q, sizes[s], 1, &both);
      digest_divergence(&kl, &both);
      kernels->kl_f32(masses->p32, masses->q32, sizes[s], 1, &both);
      digest_divergence(&kl32, &both);
    }
  }
  free(masses);
  print_digest("entropy_f64", entropy);
  print_digest("entropy_f32", entropy32);
  print_digest("kl_f64", kl);
  print_digest("kl_f32", kl32);
}
