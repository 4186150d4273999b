#pragma once
#include "collect/left/left.h"
