// How an answer goes out on a stream. Part of connection.cc, which includes the libraries before it
// (no header of ours does): templates over the plain and the secure stream.
#pragma once

#include "hub/server/answering.h"
#include "hub/server/wire.h"

namespace khien::hub {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;
using Error_code = boost::system::error_code;

constexpr std::size_t kPiece = std::size_t{64} << 10;

inline std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

inline asio::awaitable<Result<std::string>> piece_of(const Response& response) {
  co_return response.pieces();
}

template <class Stream>
class Sender {
 protected:
  template <class... Args>
  explicit Sender(Wire& wire, Args&&... args)
      : wire_(wire), stream_(std::forward<Args>(args)...) {}

  beast::tcp_stream& lowest() { return beast::get_lowest_layer(stream_); }
  void limit(int ms) { lowest().expires_after(std::chrono::milliseconds(ms)); }

  http::response<http::empty_body> head_of(const Sending& sending) const {
    http::response<http::empty_body> out;
    out.version(11);
    out.result(static_cast<unsigned>(sending.status));
    for (const auto& [name, value] : sending.headers) out.insert(name, value);
    out.keep_alive(keep_ && !wire_.stopping);
    const bool bare = sending.status == 304 || sending.status == 204;
    if (!bare && sending.length) out.content_length(*sending.length);
    if (!bare && !sending.length) out.chunked(true);
    return out;
  }

  asio::awaitable<void> send(const Request& request, Response& response) {
    const Sending sending = prepare_sending(request, response);
    http::response<http::empty_body> head = head_of(sending);
    http::response_serializer<http::empty_body> serializer(head);
    limit(wire_.limits.step_ms);
    auto token = asio::redirect_error(asio::use_awaitable, ec_);
    if (!sending.in_pieces && !sending.file) {  // one write for head and body
      std::string whole = head_text(head);
      if (sending.with_body) whole += std::string_view(response.body).substr(
          sending.from, *sending.length);
      co_await asio::async_write(stream_, asio::buffer(whole), token);
      co_return;
    }
    co_await http::async_write_header(stream_, serializer, token);
    if (ec_ || !sending.with_body) co_return;
    if (sending.in_pieces) co_await send_pieces(response);
    else co_await send_file(response, sending);
  }

  static std::string head_text(const http::response<http::empty_body>& head) {
    std::string out = fmt::format("HTTP/1.1 {} {}\r\n", head.result_int(),
                                  view(head.reason()));
    for (const auto& field : head) {
      out += view(field.name_string());
      out += ": ";
      out += view(field.value());
      out += "\r\n";
    }
    return out + "\r\n";
  }

  asio::awaitable<void> send_file(const Response& response, const Sending& sending) {
    Reading_file file(response.file, sending.from);
    std::uint64_t left = *sending.length;
    std::vector<char> piece(kPiece);
    auto token = asio::redirect_error(asio::use_awaitable, ec_);
    while (left > 0 && !ec_) {
      const std::size_t got = file.read(piece.data(), std::min<std::uint64_t>(left, kPiece));
      if (got == 0) {  // shorter than it was: the client must not take it for whole
        ec_ = asio::error::eof;
        co_return;
      }
      limit(wire_.limits.step_ms);
      co_await asio::async_write(stream_, asio::buffer(piece.data(), got), token);
      left -= got;
    }
  }

  asio::awaitable<void> send_pieces(const Response& response) {
    auto token = asio::redirect_error(asio::use_awaitable, ec_);
    while (!ec_) {
      auto work = piece_of(response);
      Result<std::string> piece =
          co_await asio::co_spawn(wire_.pool, std::move(work), asio::use_awaitable);
      if (!piece) {
        ec_ = asio::error::eof;
        co_return;
      }
      const std::string chunk = piece->empty() ? "0\r\n\r\n"
                                               : fmt::format("{:x}\r\n{}\r\n", piece->size(),
                                                             *piece);
      limit(wire_.limits.step_ms);
      co_await asio::async_write(stream_, asio::buffer(chunk), token);
      if (piece->empty()) co_return;
    }
  }

  Wire& wire_;
  Stream stream_;
  Error_code ec_;
  bool keep_ = false;
};

}  // namespace khien::hub
