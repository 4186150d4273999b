// Error: a stable code, the place it happened, and typed arguments. The words a person reads live
// in content/text under "error.<code>.what" and "error.<code>.todo"; code never holds them.
//
// Code ranges: K00xx-K01xx base, K02xx store, K03xx dispatch, K04xx collect, K05xx judge,
// K06xx report, K07xx app, K08xx worker. Each room lists its own in <room>/errors.h.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include <tl/expected.hpp>

namespace khien {

struct Error {
  std::string code;                         // "K0001"
  std::string place;                        // file, file:line, table.column, control id ...
  std::map<std::string, std::string> args;  // named values of the text; "detail" is technical
};

using Code = const char*;

// A value or an Error. Dropping one is a compile error.
template <class T>
struct [[nodiscard]] Result : tl::expected<T, Error> {
  using tl::expected<T, Error>::expected;
};

using Done = Result<void>;

[[nodiscard]] inline tl::unexpected<Error> fail(Code code, std::string place,
                                                std::map<std::string, std::string> args = {}) {
  return tl::unexpected<Error>(Error{code, std::move(place), std::move(args)});
}
[[nodiscard]] inline tl::unexpected<Error> pass_on(Error error) {
  return tl::unexpected<Error>(std::move(error));
}

// "K0002 path: detail" for logs and tests; people get Texts::error().
[[nodiscard]] std::string to_string(const Error& error);

}  // namespace khien

// KHIEN_TRY(auto x, f());  assigns the value or returns the error from the enclosing function.
#define KHIEN_CAT_(a, b) a##b
#define KHIEN_CAT(a, b) KHIEN_CAT_(a, b)
#define KHIEN_TRY(lhs, expr) KHIEN_TRY_(KHIEN_CAT(khien_try_, __COUNTER__), lhs, expr)
#define KHIEN_TRY_(tmp, lhs, expr)                          \
  auto tmp = (expr);                                        \
  if (!tmp) return ::khien::pass_on(std::move(tmp.error())); \
  lhs = std::move(*tmp)
// KHIEN_DO(f());  for Done.
#define KHIEN_DO(expr)                                                                  \
  do {                                                                                  \
    if (auto khien_do_ = (expr); !khien_do_) return ::khien::pass_on(khien_do_.error()); \
  } while (0)
