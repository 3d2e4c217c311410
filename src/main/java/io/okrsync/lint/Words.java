package io.okrsync.lint;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The words that checks look for, English first, then Indonesian. */
final class Words {
  /** What a team does, where a key result should say what comes of it. */
  static final Set<String> ACTIVITIES =
      set(
          "analyse analyze arrange attend build call conduct contact create deliver design develop"
              + " do document draft email engage explore help hire hold host implement interview"
              + " investigate make meet migrate monitor optimise optimize organise organize perform"
              + " plan post prepare present produce publish research review run schedule send set"
              + " start support talk test track train try update upload visit work write",
          "adakan analisis atur bangun bantu buat coba dukung dokumentasikan gelar hadiri hubungi"
              + " jadwalkan kembangkan kerjakan kirim kirimkan kumpulkan kunjungi laksanakan"
              + " lakukan latih melakukan membangun membuat menerbitkan mengadakan mengirim"
              + " mengirimkan menghubungi mengikuti mengunggah menulis menyelenggarakan menyusun"
              + " panggil pantau periksa perbarui posting rencanakan riset selenggarakan siapkan"
              + " susun telepon terbitkan tes tinjau tulis uji unggah wawancarai");

  static final Set<String> LAUNCHES =
      set(
          "deploy introduce launch release ship rollout",
          "hadirkan luncurkan meluncurkan merilis perkenalkan memperkenalkan rilis peluncuran");

  /** Verbs that ask for a change and so for a number to start from. */
  static final Set<String> CHANGES =
      set(
          "boost cut decrease double expand grow improve increase lift lower raise reduce shorten"
              + " shrink triple",
          "gandakan kurangi mempersingkat menaikkan mengurangi meningkatkan menurunkan naikkan"
              + " perbaiki persingkat tambah tekan tingkatkan turunkan");

  static final Set<String> OTHER_VERBS =
      set(
          "accelerate achieve adopt answer attract automate be beat become begin bring capture"
              + " change close connect convert cover deepen defend delight diversify drive earn"
              + " eliminate empower enable encourage enter ensure establish excite finish fix focus"
              + " foster gain generate get give have inspire integrate invest keep land lead learn"
              + " leave let listen live maintain master maximise maximize measure minimise minimize"
              + " modernise modernize move open own pay prove provide put reach rebuild recover"
              + " refine remove resolve respond restore retain save scale secure sell serve share"
              + " show sign simplify solve speed stand stay stop strengthen succeed take teach tell"
              + " transform treat turn understand unify unlock upgrade use validate welcome win",
          "ajak alihkan amankan awali bawa berikan buka capai cegah ciptakan dapatkan dorong fokus"
              + " gaet hapus hasilkan hemat hentikan isi jadi jadikan jaga jangkau jual jalankan"
              + " jawab kenali kuasai kuatkan lindungi maksimalkan masuki mulai optimalkan pahami"
              + " pastikan pelajari percepat perkuat perluas permudah pertahankan pimpin puaskan"
              + " raih rebut sederhanakan selesaikan sampaikan tarik temukan tetapkan tumbuhkan"
              + " tutup ubah wujudkan");

  static final Set<String> VAGUE =
      set(
          "adequate appropriate best-in-class better effectively efficiently enough excellent few"
              + " good great high-quality many optimal relevant robust several significantly some"
              + " soon substantially sufficient timely user-friendly various world-class",
          "baik bagus banyak beberapa berbagai cukup efektif efisien maksimal memadai optimal"
              + " secepatnya segera signifikan tepat unggul");

  static final Set<String> COMPARING =
      Set.of("better", "bigger", "greater", "higher", "less", "lower", "more", "lebih");

  /** Things that no tool counts as they are. */
  static final Set<String> NO_METRIC =
      Set.of(
          "awareness",
          "brand",
          "collaboration",
          "culture",
          "efficiency",
          "engagement",
          "morale",
          "performance",
          "presence",
          "quality",
          "reputation",
          "visibility",
          "budaya",
          "citra",
          "efisiensi",
          "keterlibatan",
          "kerja sama",
          "kesadaran merek",
          "kinerja",
          "kualitas",
          "performa",
          "reputasi",
          "visibilitas");

  /** What makes one of those a thing that is counted: the engagement rate, the quality score. */
  static final Set<String> METRIC =
      Set.of(
          "average",
          "count",
          "hours",
          "index",
          "number",
          "rate",
          "ratio",
          "score",
          "share",
          "survey",
          "indeks",
          "jumlah",
          "jam",
          "nilai",
          "rasio",
          "rata-rata",
          "skor",
          "survei",
          "tingkat");

  static final Set<String> STARTS =
      Set.of(
          "above",
          "against",
          "compared",
          "earlier",
          "from",
          "last",
          "month",
          "quarter",
          "than",
          "versus",
          "vs",
          "week",
          "year",
          "bulan",
          "daripada",
          "dari",
          "dibanding",
          "dibandingkan",
          "kuartal",
          "lalu",
          "minggu",
          "sebelumnya",
          "tahun");

  static final Set<String> REASONS =
      Set.of(
          "because",
          "by",
          "for",
          "so",
          "that",
          "to",
          "we",
          "agar",
          "demi",
          "karena",
          "sehingga",
          "supaya",
          "untuk",
          "yang",
          "kita",
          "kami");

  static final Set<String> NOBODY =
      Set.of(
          "?",
          "-",
          "all",
          "anyone",
          "everybody",
          "everyone",
          "n/a",
          "na",
          "nobody",
          "none",
          "tbc",
          "tbd",
          "team",
          "the team",
          "todo",
          "unknown",
          "us",
          "we",
          "belum ada",
          "kami",
          "kita",
          "semua",
          "semua orang",
          "tidak ada",
          "tim");

  private static final Map<Set<String>, Pattern> PATTERNS = new ConcurrentHashMap<>();

  private Words() {}

  static boolean isVerb(String word) {
    return ACTIVITIES.contains(word)
        || LAUNCHES.contains(word)
        || CHANGES.contains(word)
        || OTHER_VERBS.contains(word)
        || word.matches("(me(m|n|ng|ny|l|r|w|y)?|ber|ter)\\p{L}{4,}|\\p{L}{4,}(kan|lah)");
  }

  /** Any of these as whole words. */
  static Pattern pattern(Set<String> phrases) {
    return PATTERNS.computeIfAbsent(
        phrases,
        all ->
            Pattern.compile(
                all.stream()
                    .sorted(Comparator.comparing(String::length).reversed())
                    .map(Pattern::quote)
                    .collect(Collectors.joining("|", "(?<![\\p{L}-])(?:", ")(?![\\p{L}-])")),
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
  }

  private static Set<String> set(String english, String indonesian) {
    return Set.copyOf(
        Arrays.stream((english + " " + indonesian).split(" ")).collect(Collectors.toSet()));
  }
}
