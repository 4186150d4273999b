#pragma once
#include "collect/right/right.h"
