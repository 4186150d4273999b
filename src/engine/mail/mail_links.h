// Links of an HTML part whose text shows an address of its own, and what hosts have in common.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace khien::mail_files {

inline constexpr std::size_t kLinks = 2000;

struct Link {
  std::string target;  // host of href, lower case; "" when it is none of http(s)
  std::string shown;   // host its text shows, lower case; "" when the text is no address
};

struct Page {
  std::vector<Link> links;
  bool asks_password = false;  // a form with a password field
};

[[nodiscard]] Page read_page(std::string_view html);
// The host of "https://user@Host:80/x", or of "host/x" when `bare` is allowed; "" otherwise.
[[nodiscard]] std::string host_of_url(std::string_view url, bool bare);
// "a.b.example.com.vn" -> "example.com.vn": the last two labels, three below com, gov, edu ... of
// a country. An approximation of the public suffix list that errs on the side of "the same".
[[nodiscard]] std::string registrable(std::string_view host);
[[nodiscard]] bool is_below(std::string_view host, std::string_view domain);  // or the same

}  // namespace khien::mail_files
