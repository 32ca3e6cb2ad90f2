//! The speed of the date layer, tokens included, on one core: against a plain scan for the month
//! names over the same text, and from 1 to 100 MB, where the time must grow with the size alone.

use std::fmt::Write;
use std::hint::black_box;
use std::time::Duration;

use aho_corasick::AhoCorasick;
use chrono::NaiveDate;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use waqai::extract::dates::tag;
use waqai::model::{Published, PublishedBasis};
use waqai::text::{Tokens, lines};

/// Sentences as news write them, about one in two with a date; `{d}`, `{m}`, `{y}`, `{n}` are filled in.
const TEMPLATES: [&str; 16] = [
    "أعلن المتحدث باسم الوزارة في بيان أن الوفد وصل إلى العاصمة يوم {d} {m} {y} وعقد لقاءات مع عدد من المسؤولين.",
    "وأوضح المصدر أن المشروع يشمل بناء وحدات سكنية جديدة في المناطق الريفية ويوفر فرص عمل لشباب المنطقة.",
    "– {d} {m} {y}: وقعت الحكومتان مذكرة للتعاون في مجال النقل البحري والطاقة المتجددة.",
    "ويرى مراقبون أن هذه الخطوة تعكس رغبة الطرفين في تجاوز الخلافات القديمة وفتح صفحة جديدة.",
    "وبعد {n} أيام، زار الوزير المصنع واطلع على سير العمل فيه برفقة محافظ المدينة.",
    "وقالت المديرة إن المدرسة تستقبل التلاميذ من القرى المجاورة رغم صعوبة الطريق وقلة الإمكانات.",
    "ومن المقرر أن يجتمع المجلس الخميس المقبل لمناقشة الميزانية قبل عرضها على البرلمان.",
    "وكانت الشركة قد سجلت أرباحا بلغت {n}50 مليون دولار بفضل ارتفاع الطلب على منتجاتها.",
    "استمرت المفاوضات {n} أسابيع من دون أن يتوصل المشاركون إلى صيغة مقبولة من الجميع.",
    "وتقع البلدة على سفح جبل تكسوه أشجار الزيتون واللوز ويعيش أهلها على الزراعة وتربية الماشية.",
    "وتأسست الجمعية عام {y} بمبادرة من أطباء متطوعين، ولها اليوم فروع في معظم المحافظات.",
    "وأضاف أن الفريق يحتاج إلى مزيد من الدعم حتى يتمكن من المنافسة على المستوى القاري.",
    "ونفى مسؤول محلي صحة الأنباء التي تداولتها مواقع التواصل بشأن إغلاق الميناء.",
    "وفي وقت لاحق من ذلك اليوم، أكدت الشرطة توقيف ثلاثة أشخاص للاشتباه في تورطهم.",
    "وشارك في المؤتمر خبراء من جامعات عربية وأوروبية قدموا أوراقا عن إدارة الموارد المائية.",
    "وانخفضت الأسعار الشهر الماضي بنسبة {n}.{n} بالمئة مقارنة بالفترة نفسها من العام السابق.",
];

const MONTHS: [&str; 16] = [
    "يناير",
    "شباط/فبراير",
    "آذار",
    "أبريل/نيسان",
    "ماي",
    "حزيران/ يونيو",
    "جويلية",
    "آب",
    "أيلول",
    "تشرين الأول",
    "نوفمبر",
    "كانون الأول/ديسمبر",
    "مارس",
    "غشت",
    "يوليو",
    "ديسمبر",
];

/// At least `bytes` of text: the templates in random order, four sentences a line.
fn corpus(bytes: usize) -> String {
    let mut state = 0x9E37_79B9_7F4A_7C15u64;
    let mut next = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    let mut text = String::with_capacity(bytes + 4096);
    let mut sentences = 0u32;
    while text.len() < bytes {
        let mut rest = TEMPLATES[next(16) as usize];
        while let Some(at) = rest.find('{') {
            let (before, behind) = rest.split_at(at);
            text.push_str(before);
            let filled = match behind.as_bytes()[1] {
                b'd' => write!(text, "{}", 1 + next(28)),
                b'm' => write!(text, "{}", MONTHS[next(16) as usize]),
                b'y' => write!(text, "{}", 1950 + next(80)),
                _ => write!(text, "{}", 3 + next(7)),
            };
            filled.expect("a String takes everything");
            rest = &behind[3..];
        }
        text.push_str(rest);
        sentences += 1;
        text.push(if sentences.is_multiple_of(4) { '\n' } else { ' ' });
    }
    text
}

/// The whole date layer over one text, its lines as blocks; the number of expressions found.
fn date_layer(text: &str) -> usize {
    let tokens = Tokens::new(text);
    let blocks: Vec<_> = lines(&tokens).collect();
    let date = NaiveDate::from_ymd_opt(2025, 8, 7).expect("a day");
    tag(&tokens, &blocks, Some(Published { date, basis: PublishedBasis::Given })).dates.len()
}

/// The text in articles of about 4 KB, as the pipeline meets it.
fn articles(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end =
            rest.char_indices().find(|&(at, c)| at >= 4096 && c == '\n').map_or(rest.len(), |(at, _)| at + 1);
        let (head, tail) = rest.split_at(end);
        out.push(head);
        rest = tail;
    }
    out
}

fn against_a_plain_scan(c: &mut Criterion) {
    let text = corpus(24 << 20);
    let articles = articles(&text);
    let names: Vec<&str> = MONTHS.iter().flat_map(|m| m.split('/').map(str::trim)).collect();
    let scan = AhoCorasick::new(&names).expect("month names make an automaton");
    let mut group = c.benchmark_group("24 MB in articles");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.sample_size(10).warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(8));
    group.bench_function("month names by aho-corasick", |b| {
        b.iter(|| articles.iter().map(|a| scan.find_iter(black_box(*a)).count()).sum::<usize>());
    });
    group.bench_function("tokens alone", |b| {
        b.iter(|| articles.iter().map(|a| Tokens::new(black_box(a)).len()).sum::<usize>());
    });
    group.bench_function("date layer", |b| {
        b.iter(|| articles.iter().map(|a| date_layer(black_box(a))).sum::<usize>());
    });
    group.finish();
}

fn linear_in_size(c: &mut Criterion) {
    let text = corpus(100 << 20);
    let mut group = c.benchmark_group("one text");
    group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(5));
    for megabytes in [1usize, 10, 100] {
        let end =
            (megabytes << 20..=text.len()).find(|&at| text.is_char_boundary(at)).expect("the text is longer");
        let part = text.get(..end).unwrap_or(&text);
        group.throughput(Throughput::Bytes(part.len() as u64));
        group.bench_with_input(BenchmarkId::new("MB", megabytes), part, |b, part| {
            b.iter(|| date_layer(black_box(part)));
        });
    }
    group.finish();
}

criterion_group!(benches, against_a_plain_scan, linear_in_size);
criterion_main!(benches);
