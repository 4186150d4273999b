#include "collect/table.h"
