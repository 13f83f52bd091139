// The system's headers, before a level changes what functions are compiled for.

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "CInformationKernels.h"
