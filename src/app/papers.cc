#include "app/papers.h"

#include <set>

#include "report/one_order.h"
#include "store/errors.h"

namespace khien::app {
namespace fs = std::filesystem;
namespace {

bool signed_paper(report::Format format) {
  return format == report::Format::docx || format == report::Format::pdf ||
         format == report::Format::html;
}

}  // namespace

Result<OpenedPaper> open_paper(Context& context, const fs::path& file) {
  KHIEN_TRY(OpenedAssessment opened, open_assessment(context, file));
  if (!opened.intact || !opened.signature_ok) return fail(err::seal_broken, file.string());
  note_unknown_key(context, file, opened.public_key);
  OpenedPaper out;
  out.seal = {file.filename().string(), opened.sha256, fingerprint(opened.public_key)};
  out.assessment = std::move(opened.assessment);
  KHIEN_TRY(const Node particulars, context.workers().run("report.particulars", file));
  out.particulars = report::particulars_from(particulars);
  KHIEN_DO(report::name_controls(out.particulars, context.content));
  return out;
}

Result<std::vector<PaperFile>> paper_files(const Context& context, const OpenedPaper& opened,
                                           report::Format format, const fs::path& out,
                                           bool together) {
  std::vector<PaperFile> files;
  const Assessment& all = opened.assessment;
  if (together || !signed_paper(format) || all.dispatches.size() < 2) {
    KHIEN_TRY(std::string bytes,
              report::print(format, all, context.texts, opened.seal, opened.particulars));
    files.push_back({out, std::move(bytes)});
    return files;
  }
  std::set<std::string> used;
  for (const DispatchRecord* order : report::orders_of(all)) {
    KHIEN_TRY(std::string bytes, report::print(format, report::only(all, order->id), context.texts,
                                               opened.seal, opened.particulars));
    std::string word = report::file_word(*order);
    while (!used.insert(word).second) word += "-" + std::to_string(order->id);
    const std::string name = out.stem().string() + "-" + word + out.extension().string();
    files.push_back({files.empty() ? out : out.parent_path() / name, std::move(bytes)});
  }
  return files;
}

}  // namespace khien::app
