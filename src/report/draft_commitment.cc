// Bản cam kết: what a person can keep, with the numbers the order states; what the order does not
// ask is said without a number.
#include <fmt/format.h>

#include "report/draft.h"
#include "report/draft_words.h"
#include "report/head.h"
#include "report/words.h"

namespace khien::report {
namespace {

std::vector<std::string> promises(const Commitment& p, const Texts& texts) {
  const Ordered& o = p.ordered;
  const auto say = [&](const char* id) { return texts(std::string("draft.commitment.") + id); };
  std::vector<std::string> out = {say("own")};
  if (asks(o, "account.password_change_on_issue")) out.push_back(say("change_on_issue"));
  const std::int64_t length = stated_length(o);
  const std::string classes = classes_words(o, texts);
  if (length > 0 && !classes.empty()) {
    out.push_back(
        texts("draft.commitment.password_classes", {{"n", length}, {"classes", classes}}));
  } else if (length > 0) {
    out.push_back(texts("draft.commitment.password_length", {{"n", length}}));
  } else {
    out.push_back(say("password"));
  }
  if (const std::string age = rotation_words(o, texts); !age.empty()) {
    out.push_back(texts("draft.commitment.rotation", {{"period", age}}));
  }
  for (const char* id : {"browser", "mail", "phishing", "malware"}) out.push_back(say(id));
  if (asks(o, "info.state_secret")) out.push_back(say("secret"));
  if (asks(o, "sign.certificate_use")) out.push_back(say("sign"));
  const std::string contact = contact_words(p.sender, texts);
  out.push_back(contact.empty() ? say("report_plain")
                                : texts("draft.commitment.report", {{"contact", contact}}));
  out.push_back(say("leaving"));
  return out;
}

std::string or_blank(const std::string& value, const Texts& texts) {
  const std::string text = clean(value);
  return text.empty() ? texts("draft.commitment.blank") : text;
}

void add_page(Document& doc, const Commitment& p, const Person& person,
              const std::vector<std::string>& kept, const NoteHead& head, const Texts& texts) {
  doc.blocks.push_back(head);
  doc.blocks.push_back(Title{texts("draft.commitment.kind"), texts("draft.commitment.about")});
  const auto line = [&](std::string text, double before = 2) {
    doc.blocks.push_back(Paragraph{.runs = {{std::move(text)}}, .size = 13, .before = before});
  };
  line(texts("draft.commitment.name", {{"name", or_blank(person.name, texts)}}));
  line(texts("draft.commitment.title", {{"title", or_blank(person.title, texts)}}));
  line(texts("draft.commitment.unit", {{"unit", or_blank(person.unit, texts)}}));
  if (has_order(p.ordered)) {
    line(texts("draft.commitment.basis",
               {{"dispatch", full_name(texts, p.ordered.dispatch)}}));
  }
  line(texts("draft.commitment.intro"));
  int n = 0;
  for (const std::string& promise : kept) line(fmt::format("{}. {}", ++n, promise));
  doc.blocks.push_back(Paragraph{
      .runs = {{texts("draft.commitment.duty")}}, .size = 13, .before = 2, .keep_next = true});
  SignatureBlock sign;
  sign.signer_title = {texts("draft.commitment.signer")};
  sign.signer_name = clean(person.name);
  doc.blocks.push_back(std::move(sign));
}

Cell cell(std::string text) { return {{Runs{{std::move(text)}}}}; }

void add_list(Document& doc, const Commitment& p, const Texts& texts) {
  doc.blocks.push_back(
      AnnexTitle{texts("draft.commitment.annex"), texts("draft.commitment.list")});
  doc.blocks.push_back(Paragraph{.runs = {{texts("draft.commitment.list_intro")}}, .size = 13,
                                 .keep_next = true});
  const auto col = [&](const char* id) {
    return texts(std::string("draft.commitment.column.") + id);
  };
  Table table{{{12, Align::center, col("order")}, {42, Align::left, col("name")},
               {34, Align::left, col("title")}, {33, Align::left, col("unit")},
               {22, Align::center, col("date")}, {22, Align::center, col("sign")}},
              {}, texts("draft.commitment.annex")};
  int n = 0;
  for (const Person& person : p.people) {
    table.rows.push_back({cell(std::to_string(++n)), cell(clean(person.name)),
                          cell(clean(person.title)), cell(clean(person.unit)), cell(""),
                          cell("")});
  }
  doc.blocks.push_back(std::move(table));
  doc.blocks.push_back(Paragraph{.runs = {{texts("draft.commitment.total",
                                                 {{"n", std::int64_t{n}}})}},
                                 .size = 13, .keep_next = true});
  SignatureBlock sign = signature_of(p.sender.agency, texts);
  sign.recipients_label.clear();
  doc.blocks.push_back(std::move(sign));
}

}  // namespace

std::vector<Person> people_at_work(const std::vector<Row>& staff) {
  std::vector<Person> out;
  for (const Row& row : staff) {
    const std::string status = text_of(row, "status");
    if (status == "left" || status == "transferred") continue;
    out.push_back({text_of(row, "full_name"), text_of(row, "title"), text_of(row, "unit"),
                   text_of(row, "phone")});
  }
  return out;
}

Draft draft_commitment(const Commitment& p, const Texts& texts) {
  Draft out = start_draft(p.sender, {"", ""}, texts("draft.commitment.about"), texts);
  Document& doc = out.document;
  NoteHead head = std::get<NoteHead>(doc.blocks.front());
  head.number.clear();  // a person's paper, not the registry's
  doc.numbered = false;
  doc.blocks.clear();
  const std::vector<std::string> kept = promises(p, texts);
  const std::vector<Person> people = p.people.empty() ? std::vector<Person>(1) : p.people;
  for (std::size_t i = 0; i < people.size(); ++i) {
    if (i > 0) doc.blocks.push_back(PageBreak{});
    add_page(doc, p, people[i], kept, head, texts);
    out.fields["people"].push_back(or_blank(people[i].name, texts));
  }
  if (!p.people.empty()) add_list(doc, p, texts);
  out.fields["promises"] = kept;
  out.fields["order"] = {has_order(p.ordered) ? full_name(texts, p.ordered.dispatch) : ""};
  // A template is one person's form: the first person, or blanks to fill in.
  out.fields["person_name"] = {or_blank(people[0].name, texts)};
  out.fields["person_title"] = {or_blank(people[0].title, texts)};
  out.fields["person_unit"] = {or_blank(people[0].unit, texts)};
  return out;
}

}  // namespace khien::report
