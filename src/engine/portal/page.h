// One page of a portal, read in a worker: its text as a digest, its links, what is hidden in it and
// which words of the lists it holds. Neither text nor excerpts leave the worker.
#pragma once

#include "base/error.h"
#include "base/worker.h"

namespace khien::portal {

inline constexpr std::size_t kPageBytes = std::size_t{2} << 20;
inline constexpr std::size_t kPageLinks = 500;        // of the same site, returned
inline constexpr std::size_t kPageAnchors = 20'000;   // looked at; more is K0907
inline constexpr std::size_t kPageMemory = std::size_t{512} << 20;

// "portal.page": args {url, words (word_lists), trusted: [hosts]} -> {text_sha256, links: [..],
// leads_to (a foreign host it sends visitors to by itself, engine/portal/lead.h), leads_by,
// offsite_link_count, hidden_link_count, hidden_hosts, gambling_count, gambling_words,
// gambling_hosts, hostile_sure_count, hostile_look_count, hostile_words}. K0004 no text at all.
//
// An element is hidden by `hidden`, by an inline style (display, visibility, size 0, opacity 0,
// pushed off the page) or by noscript; style sheets are not read. A link counts as hidden or as
// gambling only when it leads to another, untrusted host. Visible words about gambling without such
// a link are news, not an advertisement; so are visible links to *.gov.vn.
[[nodiscard]] Result<Node> read_page(const JobInput& input);
// Is this inline style one that no visitor sees? For tests.
[[nodiscard]] bool style_hides(std::string_view style);

}  // namespace khien::portal
