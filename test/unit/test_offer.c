#include "test.h"
void test_offer(void);
void test_offer(void){}
