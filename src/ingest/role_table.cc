#include "ingest/role_table.h"

namespace ripen::ingest {

const std::vector<RoleNames>& RoleTable() {
  static const std::vector<RoleNames> kTable{
      {Role::kId,
       "id",
       "which recommendation a row is",
       {"recommendationid", "impressionid", "eventid", "id", "recid", "empfehlungsid",
        "empfehlungsnummer", "empfehlungid", "empfehlungsnr"}},
      {Role::kShownAt,
       "shown_at",
       "when the recommendation was shown",
       {"shownat", "recommendedat", "shownon", "recommendedon", "showndate", "showntime",
        "recommendationdate", "recommendationtime", "angezeigtam", "empfohlenam", "timestamp",
        "eventtime", "date", "datum", "zeitpunkt"}},
      {Role::kTruthFlag,
       "truth",
       "whether the outcome is final",
       {"groundtruthavailable", "confirmed", "labelavailable", "ergebnisbestaetigt", "bestaetigt"}},
      {Role::kArrivedAt,
       "arrived_at",
       "when a row became known",
       {"arrivedat", "arrivaltime", "receivedat", "eingegangenam", "eingetroffenam"}},
      {Role::kCustomerId,
       "customer_id",
       "which customer saw it",
       {"customerid", "userid", "kundenid", "kundennummer", "kundennr"}},
      {Role::kItemId,
       "item_id",
       "which item was shown",
       {"itemid", "productid", "artikelid", "produktid", "artikelnummer", "artikelnr"}},
      {Role::kPosition, "position", "where in the list it stood", {"position", "rank", "rang"}},
      {Role::kScore, "score", "how highly it was scored", {"score"}},
      {Role::kListId, "list_id", "which list it was part of", {"listid", "listenid"}},
      {Role::kValue, "value", "how much money it is about", {"value", "price", "wert", "preis"}},
      {Role::kCurrency, "currency", "in which currency", {"currency", "waehrung"}},
      {Role::kRecommendationId,
       "recommendation_id",
       "which recommendation an outcome belongs to",
       {"recommendationid", "impressionid", "recid", "empfehlungsid", "empfehlungsnummer",
        "empfehlungid", "empfehlungsnr", "id"}},
      {Role::kOutcomeStage,
       "stage",
       "which stage an outcome is of",
       {"stage", "outcomestage", "outcometype", "outcome", "stufe", "ergebnisart"}},
      {Role::kOutcomeTime,
       "happened_at",
       "when an outcome happened",
       {"happenedat", "occurredat", "outcomeat", "outcometime", "outcomedate", "geschehenam",
        "eventtime", "timestamp", "date", "datum", "zeitpunkt"}},
      {Role::kEventId,
       "event_id",
       "which event an outcome is",
       {"eventid", "outcomeid", "ereignisid"}},
      {Role::kRetracted,
       "retracted",
       "whether an outcome was taken back",
       {"retracted", "zurueckgenommen"}},
      {Role::kDay,
       "day",
       "on which day the recommendations were shown",
       {"day", "tag", "cohortday", "shownon", "showndate", "shownday", "date", "datum", "shownat",
        "angezeigtam"}},
      {Role::kDelay,
       "delay",
       "after how many days an outcome was known",
       {"delay", "delaydays", "delayindays", "lag", "lagdays", "lagindays", "verzoegerung",
        "verzoegerungtage", "verzoegerungintagen"}},
      {Role::kBaseOffset,
       "base_offset",
       "how many days lie between a recommendation and the stage before",
       {"baseoffset", "baseoffsetdays", "basedelay", "basedelaydays", "vorlauf", "vorlauftage"}},
      {Role::kCount, "count", "how many there were", {"count", "counts", "anzahl", "n"}},
  };
  return kTable;
}

const std::vector<StageNames>& StageTable() {
  static const std::vector<StageNames> kTable{
      {"click",
       {"clicked", "click", "geklickt", "klick", "angeklickt"},
       {"clickedat", "clickat", "clicktime", "clickedtime", "clickdate", "clickeddate", "clickedon",
        "geklicktam", "klickam", "klickdatum", "klickzeit", "angeklicktam"}},
      {"purchase",
       {"purchased", "purchase", "bought", "ordered", "order", "conversion", "converted", "gekauft",
        "kauf", "bestellt"},
       {"purchasedat",    "purchaseat",  "purchasetime",  "purchasedtime", "purchasedate",
        "purchaseddate",  "purchasedon", "boughtat",      "boughtdate",    "boughttime",
        "boughton",       "orderedat",   "orderat",       "ordertime",     "orderdate",
        "ordereddate",    "orderedtime", "orderedon",     "conversionat",  "conversiontime",
        "conversiondate", "convertedat", "converteddate", "convertedtime", "gekauftam",
        "kaufam",         "kaufdatum",   "kaufzeit",      "bestelltam",    "bestelldatum"}},
      {"return",
       {"returned", "return", "refunded", "retourniert", "retoure", "zurueckgeschickt"},
       {"returnedat", "returnat", "returntime", "returnedtime", "returndate", "returneddate",
        "returnedon", "refundedat", "refundtime", "refunddate", "refundedtime", "refundeddate",
        "retourniertam", "retouream", "retourdatum", "retourendatum", "zurueckgeschicktam"}},
  };
  return kTable;
}

const std::vector<std::string_view>& TimeEndings() {
  static const std::vector<std::string_view> kEndings{"at", "time", "date", "on", "am", "datum"};
  return kEndings;
}

const AttributeWords& AttributeTable() {
  static const AttributeWords kWords{
      {"customer", "user", "kunde", "kunden", "kundin"},
      {"item", "product", "artikel", "produkt"},
      {"brand", "collection", "category", "marke", "kollektion", "kategorie", "preisklasse",
       "preisband", "preisbereich", "pricerange", "priceband"},
      {"model", "variant", "policy", "placement", "device", "modell", "variante", "platzierung",
       "geraet"},
  };
  return kWords;
}

}  // namespace ripen::ingest
