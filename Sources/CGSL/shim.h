// The headers of GSL that the package uses. GSL 2.6 or later, by pkg-config.
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_min.h>
#include <gsl/gsl_roots.h>
#include <gsl/gsl_sf.h>
#include <gsl/gsl_version.h>

// Swift takes a variable of C for shared mutable state, which GSL's algorithms by
// name are not.
static inline gsl_root_fsolver *gsl_brent_root_alloc(void) {
  return gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
}

static inline gsl_min_fminimizer *gsl_brent_minimum_alloc(void) {
  return gsl_min_fminimizer_alloc(gsl_min_fminimizer_brent);
}
