// The worker's end of a stream.
#pragma once

#include <string>
#include <vector>

#include "base/stream.h"

namespace khien {

// Reads `input`, writes messages to `socket`; records are collected until the next read().
class SocketStream final : public StreamIo {
 public:
  SocketStream(const std::string& name, const Node& args, int input, int socket,
               std::size_t input_limit, std::size_t record_limit);
  ~SocketStream() override { flush(); }  // also when the job threw
  SocketStream(const SocketStream&) = delete;
  SocketStream& operator=(const SocketStream&) = delete;
  [[nodiscard]] Result<std::string_view> read() override;
  [[nodiscard]] Done write(const Node& record) override;
  [[nodiscard]] const std::string& name() const override { return name_; }
  [[nodiscard]] const Node& args() const override { return args_; }

 private:
  void flush();  // does not return when nobody is there to read

  const std::string& name_;
  const Node& args_;
  int input_;
  int socket_;
  std::size_t input_limit_;
  std::size_t had_ = 0;
  std::size_t record_limit_;
  std::vector<char> piece_;
  std::string out_;
};

}  // namespace khien
