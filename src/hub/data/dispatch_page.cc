#include "hub/data/dispatch_page.h"

#include "hub/data/rows.h"

namespace khien::hub {
namespace {

constexpr std::string_view kOfPaper =
    " from dispatch_page where dispatch_id = (select coalesce(paper_id, id) from dispatch where"
    " id = ?1)";

}  // namespace

Done save_dispatch_pages(const Database& db, std::int64_t dispatch_id,
                         const std::vector<DispatchPage>& pages) {
  KHIEN_TRY(Statement gone, db.prepare("delete from dispatch_page where dispatch_id = ?1"));
  KHIEN_DO(gone.bind(1, dispatch_id).run());
  KHIEN_TRY(Statement s, db.prepare("insert into dispatch_page(dispatch_id, page, width, height,"
                                    " sha256, words) values(?1, ?2, ?3, ?4, ?5, ?6)"));
  for (const DispatchPage& page : pages) {
    s.reset();
    KHIEN_DO(s.bind(1, dispatch_id).bind(2, page.page).bind(3, page.width).bind(4, page.height)
                 .bind(5, page.sha256).bind(6, to_json(page.words)).run());
  }
  return {};
}

Result<std::vector<DispatchPage>> dispatch_pages(const Database& db, std::int64_t dispatch_id) {
  KHIEN_TRY(Statement s, db.prepare("select page, width, height, sha256" + std::string(kOfPaper) +
                                    " order by page"));
  s.bind(1, dispatch_id);
  return rows_of<DispatchPage>(s, [](const Statement& r) {
    return DispatchPage{r.integer(0), r.integer(1), r.integer(2), r.text(3), {}};
  });
}

Result<std::optional<DispatchPage>> find_dispatch_page(const Database& db,
                                                       std::int64_t dispatch_id,
                                                       std::int64_t page) {
  KHIEN_TRY(Statement s, db.prepare("select page, width, height, sha256, words" +
                                    std::string(kOfPaper) + " and page = ?2"));
  s.bind(1, dispatch_id).bind(2, page);
  KHIEN_TRY(const bool row, s.step());
  if (!row) return std::nullopt;
  return DispatchPage{s.integer(0), s.integer(1), s.integer(2), s.text(3), tree_of(s.text(4))};
}

}  // namespace khien::hub
