#include "base/worker_stream_child.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "base/errors.h"
#include "base/worker_errors.h"
#include "base/worker_wire.h"

namespace khien {
namespace {
constexpr std::size_t kPiece = 65536;
}  // namespace

SocketStream::SocketStream(const std::string& name, const Node& args, int input, int socket,
                           std::size_t input_limit, std::size_t record_limit)
    : name_(name), args_(args), input_(input), socket_(socket), input_limit_(input_limit),
      record_limit_(record_limit), piece_(kPiece) {}

Result<std::string_view> SocketStream::read() {
  flush();
  for (;;) {
    const ssize_t n = ::read(input_, piece_.data(), piece_.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail(err::file_unreadable, name_, {{"detail", std::strerror(errno)}});
    had_ += static_cast<std::size_t>(n);
    if (had_ > input_limit_) {
      return fail(err::file_too_large, name_, {{"limit", fmt::format("{}", input_limit_)}});
    }
    return std::string_view(piece_.data(), static_cast<std::size_t>(n));
  }
}

Done SocketStream::write(const Node& record) {
  const std::string body = pack(Node::map({{"record", record}}));
  if (body.size() > record_limit_) {
    return fail(err::reply_too_large, name_, {{"limit", fmt::format("{}", record_limit_)}});
  }
  out_ += wire::head_of(body.size());
  out_ += body;
  if (out_.size() >= kPiece) flush();
  return {};
}

void SocketStream::flush() {
  std::string_view rest = out_;
  while (!rest.empty()) {
    const ssize_t n = ::write(socket_, rest.data(), rest.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) ::_exit(0);
    rest.remove_prefix(static_cast<std::size_t>(n));
  }
  out_.clear();
}

}  // namespace khien
