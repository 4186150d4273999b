// What the headers of a home page say about its protection. Pure.
#pragma once

#include "collect/portal/http.h"
#include "store/facts.h"

namespace khien::portal {

// Fills hsts, csp, frame_protection, cookie_count, unsafe_cookie_count, server_version.
void show_headers(const HttpReply& reply, Row& row);

}  // namespace khien::portal
