#include "format/lz4.h"

#include <lz4frame.h>

#include "format/errors.h"

namespace khien {
namespace {

constexpr std::size_t kPiece = std::size_t{64} << 10;

tl::unexpected<Error> malformed(const char* detail) {
  return fail(err::list_malformed, "lz4", {{"detail", detail}});
}

}  // namespace

void Lz4Reader::Free::operator()(LZ4F_dctx_s* context) const {
  LZ4F_freeDecompressionContext(context);
}

Lz4Reader::Lz4Reader(Source read) : read_(std::move(read)) {
  LZ4F_dctx* context = nullptr;
  if (LZ4F_isError(LZ4F_createDecompressionContext(&context, LZ4F_VERSION)) == 0) {
    context_.reset(context);
  }
}

Result<std::string_view> Lz4Reader::next() {
  if (done_) return std::string_view();
  if (context_ == nullptr) return malformed("memory");
  piece_.resize(kPiece);
  for (;;) {
    if (at_ == packed_.size()) {
      packed_ = read_(kPiece);
      at_ = 0;
      if (packed_.empty()) return malformed("cut");
    }
    std::size_t made = piece_.size();
    std::size_t taken = packed_.size() - at_;
    const std::size_t wanted = LZ4F_decompress(context_.get(), piece_.data(), &made,
                                               packed_.data() + at_, &taken, nullptr);
    if (LZ4F_isError(wanted) != 0) return malformed(LZ4F_getErrorName(wanted));
    at_ += taken;
    done_ = wanted == 0;
    if (made > 0 || done_) {
      piece_.resize(made);
      return std::string_view(piece_);
    }
  }
}

}  // namespace khien
