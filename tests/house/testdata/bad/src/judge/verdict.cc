// Breaks arrows and shape.

#include "collect/collect.h"
#include "verdict.h"

// đđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđđ
	int a;
int b;
