// The worker side of the readers: TXT decoding and DOCX parsing.
#include "dispatch/jobs.h"

#include "base/limits.h"
#include "base/text.h"
#include "dispatch/document.h"
#include "dispatch/docx.h"
#include "dispatch/errors.h"

namespace khien::dispatch {
namespace {

Result<Node> run_txt(const JobInput& input) {
  KHIEN_TRY(const Document document, document_from_text(input.bytes, input.name));
  return Node::map({{"text", Node(document.text)}, {"encoding", Node(document.encoding)}});
}

Result<Node> run_docx(const JobInput& input) {
  KHIEN_TRY(const std::string text, read_docx(input.bytes, input.name));
  return Node::map({{"text", Node(text)}});
}

}  // namespace

std::vector<Job> jobs() {
  return {{"dispatch.txt", limits::dispatch_file_bytes, run_txt},
          {"dispatch.docx", limits::dispatch_file_bytes, run_docx}};
}

}  // namespace khien::dispatch
