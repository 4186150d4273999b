// Links of an HTML part whose text shows an address of its own, and what hosts have in common.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace khien::mail {

inline constexpr std::size_t kLinks = 2000;

struct Link {
  std::string target;  // host of href, lower case; "" when it is none of http(s)
  std::string path;    // of href behind the host, without query
  std::string shown;   // host its text shows, lower case; "" when the text is no address
};

struct Page {
  std::vector<Link> links;
  bool asks_password = false;  // a form with a password field
  bool runs_script = false;    // a script that builds a page, decodes text or leads elsewhere
};

[[nodiscard]] Page read_page(std::string_view html);
// Addresses that stand in plain text; `shown` stays empty.
[[nodiscard]] std::vector<Link> text_links(std::string_view text);
// The text between the tags, at most `limit` bytes, entities read.
[[nodiscard]] std::string text_of_page(std::string_view html, std::size_t limit);
// The end of a file's name in a path: "/a/Giay.EXE" -> "exe"; "" when it has none.
[[nodiscard]] std::string path_end(std::string_view path);
// The host of "https://user@Host:80/x", or of "host/x" when `bare` is allowed; "" otherwise. A host
// written as one number is shown as the four it stands for.
[[nodiscard]] std::string host_of_url(std::string_view url, bool bare);
// What one owner registers, by the Public Suffix List that libpsl carries: "a.b.example.com.vn" ->
// "example.com.vn"; of a provider's names for its customers too ("x.github.io"). Numbers, and names
// that are public suffixes themselves, stay as they are. Lower case in.
[[nodiscard]] std::string registrable(std::string_view host);
[[nodiscard]] bool is_below(std::string_view host, std::string_view domain);  // or the same

}  // namespace khien::mail
