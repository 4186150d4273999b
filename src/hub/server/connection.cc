// One connection: heads in, bodies in, answers out. Coroutines on a strand of their own; what takes
// time runs on the pool. What is awaited stands in named variables: g++ 12 loses temporaries.
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <limits>

#include "base/hash.h"
#include "base/text.h"
#include "hub/errors.h"
#include "hub/server/answering.h"
#include "hub/server/receiving.h"
#include "hub/server/sending.h"
#include "hub/server/wire.h"

namespace khien::hub {
namespace {

constexpr std::uint64_t kUnwanted = std::uint64_t{64} << 10;  // a body nobody asked for
constexpr std::size_t kEventsWaiting = 256;
constexpr std::uint64_t kDrained = std::uint64_t{16} << 20;

// The certificate the other side showed, if our authority signed it.
std::string client_print(SSL* ssl) {
  const std::unique_ptr<X509, decltype(&X509_free)> shown(::SSL_get1_peer_certificate(ssl),
                                                          &X509_free);
  if (!shown || ::SSL_get_verify_result(ssl) != X509_V_OK) return "";
  unsigned char sum[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  if (::X509_digest(shown.get(), ::EVP_sha256(), sum, &size) != 1) return "";
  return hex({reinterpret_cast<const char*>(sum), size});
}

asio::awaitable<Response> answer(Application& application, Request& request) {
  co_return answer_safely(application, request);
}
asio::awaitable<std::optional<Response>> refuse(Application& application, const Request& head) {
  co_return application.refuse(head);
}
template <class Stream>
class Connection final : public Open,
                         public Sender<Stream>,
                         public std::enable_shared_from_this<Connection<Stream>> {
 public:
  static constexpr bool kTls = !std::is_same_v<Stream, beast::tcp_stream>;
  using Sender<Stream>::ec_;
  using Sender<Stream>::keep_;
  using Sender<Stream>::limit;
  using Sender<Stream>::lowest;
  using Sender<Stream>::send;
  using Sender<Stream>::stream_;
  using Sender<Stream>::wire_;

  template <class... Args>
  Connection(Wire& wire, std::string remote, Args&&... args)
      : Sender<Stream>(wire, std::forward<Args>(args)...), remote_(std::move(remote)),
        wakes_(stream_.get_executor()) {
    ++wire_.counts.connections;
  }
  ~Connection() override { --wire_.counts.connections; }

  void end(bool at_once) override {
    auto self = this->shared_from_this();
    asio::post(stream_.get_executor(), [self, at_once] {
      self->wakes_.cancel();
      if (at_once || self->idle_) self->lowest().cancel();
    });
  }

  asio::awaitable<void> run() {
    if constexpr (kTls) {
      limit(wire_.limits.header_ms);
      auto token = asio::redirect_error(asio::use_awaitable, ec_);
      co_await stream_.async_handshake(asio::ssl::stream_base::server, token);
      if (ec_) co_return;
      client_ = client_print(stream_.native_handle());
    }
    bool again = true;
    while (again && !wire_.stopping) again = co_await one();
    co_await finish();
  }

 private:
  using Empty = http::request_parser<http::empty_body>;

  asio::awaitable<bool> one() {
    Empty head;
    head.header_limit(static_cast<std::uint32_t>(kHeaderBytes));
    head.body_limit(std::numeric_limits<std::uint64_t>::max());  // none: what follows is looked at
    idle_ = true;
    limit(wire_.limits.header_ms);
    auto token = asio::redirect_error(asio::use_awaitable, ec_);
    co_await http::async_read_header(stream_, buffer_, head, token);
    idle_ = false;
    keep_ = false;
    Request request;
    if (ec_) {
      if (const int status = unreadable(); status != 0) {
        Response refused = empty_response(status);
        co_await send(request, refused);
      }
      co_return false;
    }
    ++wire_.counts.requests;
    if (!read_head(head, request)) {
      Response refused = empty_response(400);
      co_await send(request, refused);
      co_return false;
    }
    keep_ = head.get().keep_alive();
    co_return co_await receive(head, request);
  }

  int unreadable() const {
    const bool by_parser = ec_.category() == make_error_code(http::error::bad_method).category();
    return status_of_read(ec_ == http::error::header_limit,
                          by_parser && ec_ != http::error::end_of_stream &&
                              ec_ != http::error::partial_message);
  }

  bool read_head(Empty& head, Request& out) {
    const auto& message = head.get();
    out.method = std::string(view(message.method_string()));
    out.remote = remote_;
    out.secure = kTls;
    out.client = client_;
    for (const auto& field : message) {
      out.headers.emplace_back(ascii_lower(view(field.name_string())),
                               std::string(view(field.value())));
    }
    return message.version() == 11 && parse_target(view(message.target()), out);
  }

  // Takes the body in as the application wants it, answers; may another request follow?
  asio::awaitable<bool> receive(Empty& head, Request& request) {
    const Reception wanted = wire_.application.expect(request);
    const std::uint64_t most = std::max(wanted.limit, kUnwanted);
    const auto length = head.content_length();
    if (length && *length > most) {
      Response refused = too_large(wire_.application, request, most);
      co_return co_await refuse_body(request, refused);
    }
    if (wanted.kind == BodyKind::raw) co_return co_await receive_raw(head, request, most);
    if (head.is_done()) co_return co_await respond(request);
    co_await go_on(request);
    http::request_parser<http::string_body> body(std::move(head));
    body.body_limit(most);
    limit(wire_.limits.step_ms);
    auto token = asio::redirect_error(asio::use_awaitable, ec_);
    co_await http::async_read(stream_, buffer_, body, token);
    if (ec_ == http::error::body_limit) {
      Response refused = too_large(wire_.application, request, most);
      co_return co_await refuse_body(request, refused);
    }
    if (ec_) co_return false;
    request.body = std::move(body.get().body());
    wire_.counts.bytes_in += request.body.size();
    co_return co_await respond(request);
  }

  asio::awaitable<bool> receive_raw(Empty& head, Request& request, std::uint64_t most) {
    auto asked = refuse(wire_.application, request);
    std::optional<Response> refused =
        co_await asio::co_spawn(wire_.pool, std::move(asked), asio::use_awaitable);
    const auto length = head.content_length();
    if (!refused) refused = no_room(wire_, request, length ? *length : 0);
    if (refused) co_return co_await refuse_body(request, *refused);
    const Counted counted(wire_.counts.uploads);
    co_await go_on(request);
    Receiving file(wire_.uploads);
    http::request_parser<http::buffer_body> body(std::move(head));
    body.body_limit(most);
    std::vector<char> piece(kPiece);
    auto token = asio::redirect_error(asio::use_awaitable, ec_);
    while (!body.is_done()) {
      body.get().body().data = piece.data();
      body.get().body().size = piece.size();
      limit(wire_.limits.step_ms);
      co_await http::async_read(stream_, buffer_, body, token);
      if (ec_ == http::error::need_buffer) ec_ = {};
      const std::size_t got = piece.size() - body.get().body().size;
      const bool too_much = ec_ == http::error::body_limit;
      if (ec_ && !too_much) co_return false;
      wire_.counts.bytes_in += got;
      if (too_much || !file.add({piece.data(), got})) {
        Response problem = too_much ? too_large(wire_.application, request, most)
                                    : wire_.application.problem(request, file.error());
        co_return co_await refuse_body(request, problem);
      }
    }
    if (!file.finish(request.upload)) {
      Response problem = wire_.application.problem(request, file.error());
      co_return co_await refuse_body(request, problem);
    }
    co_return co_await respond(request);
  }

  // For a client that asks before it sends.
  asio::awaitable<void> go_on(const Request& request) {
    if (ascii_lower(request.header("expect")) != "100-continue") co_return;
    static constexpr std::string_view kGoOn = "HTTP/1.1 100 Continue\r\n\r\n";
    limit(wire_.limits.step_ms);
    auto token = asio::redirect_error(asio::use_awaitable, ec_);
    co_await asio::async_write(stream_, asio::buffer(kGoOn.data(), kGoOn.size()), token);
  }

  asio::awaitable<bool> refuse_body(const Request& request, Response& refused) {
    keep_ = false;
    unread_ = true;
    ++wire_.counts.refused;
    co_await send(request, refused);
    co_return false;
  }

  asio::awaitable<bool> respond(Request& request) {
    if (wire_.counts.waiting >= wire_.limits.waiting) {
      ++wire_.counts.refused;
      Response busy = wire_.application.problem(request, Error{err::hub_busy, "", {}});
      co_await send(request, busy);
      co_return keep_;
    }
    Response response;
    {
      const Counted counted(wire_.counts.waiting);
      auto work = answer(wire_.application, request);
      response = co_await asio::co_spawn(wire_.pool, std::move(work), asio::use_awaitable);
    }
    drop_upload(request);
    if (response.status >= 500) ++wire_.counts.failed;
    if (response.events_for) {
      co_await stream_events(*response.events_for);
      co_return false;
    }
    co_await send(request, response);
    co_return keep_ && !ec_;
  }

  // Other threads put events in; the strand wakes the writer.
  struct Inbox {
    std::mutex mutex;
    std::string waiting;
    std::size_t count = 0;
  };

  std::int64_t subscribe(Response::EventsFor whom, const std::shared_ptr<Inbox>& inbox) {
    std::weak_ptr<Connection> weak = this->shared_from_this();
    return wire_.events.listen([weak, inbox, whom](const Event& event) {
      if (event.user_id != 0 && event.user_id != whom.user_id) return;
      const bool english = whom.english && !event.data_en.empty();
      {
        const std::lock_guard lock(inbox->mutex);
        if (++inbox->count > kEventsWaiting) return;  // one who reads that slowly asks anew
        inbox->waiting += fmt::format("event: {}\ndata: {}\n\n", event.kind,
                                      english ? event.data_en : event.data);
      }
      if (auto self = weak.lock()) {
        asio::post(self->stream_.get_executor(), [self] { self->wakes_.cancel(); });
      }
    });
  }

  asio::awaitable<void> stream_events(Response::EventsFor whom) {
    const Counted counted(wire_.counts.streams);
    const auto inbox = std::make_shared<Inbox>();
    const std::int64_t listener = subscribe(whom, inbox);
    std::string text = event_stream_head();
    auto token = asio::redirect_error(asio::use_awaitable, ec_);
    const auto until = std::chrono::steady_clock::now() +
                       std::chrono::milliseconds(wire_.limits.stream_ms);
    ec_ = {};
    while (!ec_ && !wire_.stopping) {
      limit(wire_.limits.step_ms);
      co_await asio::async_write(stream_, asio::buffer(text), token);
      if (ec_ || std::chrono::steady_clock::now() > until) break;
      text = take(*inbox);
      if (!text.empty()) continue;
      Error_code ignored;
      auto quiet = asio::redirect_error(asio::use_awaitable, ignored);
      wakes_.expires_after(std::chrono::milliseconds(wire_.limits.tick_ms));
      co_await wakes_.async_wait(quiet);
      text = take(*inbox);
      if (text.empty()) text = "event: tick\ndata: {}\n\n";
    }
    wire_.events.leave(listener);
  }

  static std::string take(Inbox& inbox) {
    const std::lock_guard lock(inbox.mutex);
    const bool lost = inbox.count > kEventsWaiting;
    inbox.count = 0;
    std::string out = std::exchange(inbox.waiting, {});
    if (lost) out += "event: changed\ndata: {\"what\":\"all\",\"id\":\"0\"}\n\n";
    return out;
  }

  // A client that still sends must see the answer before the line is cut.
  asio::awaitable<void> finish() {
    Error_code ignored;
    auto token = asio::redirect_error(asio::use_awaitable, ignored);
    limit(wire_.limits.linger_ms);
    if constexpr (kTls) co_await stream_.async_shutdown(token);
    lowest().socket().shutdown(tcp::socket::shutdown_send, ignored);
    if (!unread_) co_return;
    std::vector<char> piece(kPiece);
    std::uint64_t read = 0;
    ignored = {};
    while (!ignored && read < kDrained) {
      read += co_await lowest().async_read_some(asio::buffer(piece), token);
    }
  }

  std::string remote_;
  std::string client_;  // of an agent
  asio::steady_timer wakes_;
  beast::flat_buffer buffer_{2 * kPiece};
  bool idle_ = false;
  bool unread_ = false;
};

template <class Made>
asio::awaitable<void> live(std::shared_ptr<Made> connection, Wire& wire, std::uint64_t id) {
  co_await connection->run();
  const std::lock_guard lock(wire.mutex);
  wire.open.erase(id);
}

template <class Made>
void launch(Wire& wire, std::shared_ptr<Made> connection,
            asio::strand<asio::io_context::executor_type> strand) {
  std::uint64_t id = 0;
  {
    const std::lock_guard lock(wire.mutex);
    id = ++wire.last;
    wire.open[id] = connection;
  }
  asio::co_spawn(strand, live(std::move(connection), wire, id), asio::detached);
}

}  // namespace

void begin_connection(Wire& wire, int descriptor, bool v6, const std::string& remote) {
  const auto strand = asio::make_strand(wire.io.get_executor());
  tcp::socket socket(strand);
  Error_code ec;
  socket.assign(v6 ? tcp::v6() : tcp::v4(), descriptor, ec);
  if (ec) {
    ::close(descriptor);
    return;
  }
  socket.set_option(tcp::no_delay(true), ec);
  std::shared_ptr<asio::ssl::context> tls;
  {
    const std::lock_guard lock(wire.mutex);
    tls = wire.tls;  // OpenSSL keeps what a connection needs of it
  }
  if (tls == nullptr) {
    launch(wire, std::make_shared<Connection<beast::tcp_stream>>(wire, remote, std::move(socket)),
           strand);
  } else {
    using Secure = beast::ssl_stream<beast::tcp_stream>;
    launch(wire, std::make_shared<Connection<Secure>>(wire, remote,
                                                      beast::tcp_stream(std::move(socket)),
                                                      *tls), strand);
  }
}

}  // namespace khien::hub
