//! The conjugator against a recorded table of an independent one and against news forms; the
//! trigger lexicon against the conjugator.

use std::collections::HashSet;

use waqai::lexicon::conjugator::{Kind, Verb, Vowel, inflect, inflect_noun};

fn vowel(text: &str) -> Option<Vowel> {
    match text {
        "a" => Some(Vowel::A),
        "i" => Some(Vowel::I),
        "u" => Some(Vowel::U),
        _ => None,
    }
}

fn verb(root: &str, form: u8, vowels: &str) -> Verb {
    let mut vowels = vowels.chars().map(|v| vowel(&v.to_string()));
    let root = root.parse().unwrap();
    Verb { root, form, vowel: vowels.next().flatten(), past: vowels.next().flatten(), strong: false }
}

/// Written forms as they stand in news, clitics taken off: root, form, vowels, kind, forms.
#[test]
fn news_forms() {
    let table = [
        ("د ع و", 1, "u", Kind::Imperfect, "يدعو تدعو يدع يدعون يدعوان ندعو أدعو"),
        ("د ع و", 1, "u", Kind::Perfect, "دعا دعت دعوا دعونا دعتا"),
        ("د ع و", 1, "u", Kind::ImperfectPassive, "يدعى تدعى يدعون"),
        ("د ع و", 1, "u", Kind::ActiveParticiple, "داع داعي داعيا داعية داعين داعون"),
        ("ل ق ي", 8, "", Kind::Perfect, "التقى التقت التقيا التقوا التقينا"),
        ("ل ق ي", 1, "ai", Kind::Perfect, "لقي لقيت لقوا"),
        ("ق ت ل", 1, "u", Kind::PerfectPassive, "قتل قتلت قتلوا قتلا"),
        ("ق و ل", 1, "u", Kind::ImperfectPassive, "يقال"),
        ("ق و ل", 10, "", Kind::Masdar, "استقالة استقالات استقالت"),
        ("و ق ف", 4, "", Kind::Imperfect, "يوقف توقف يوقفون"),
        ("و ق ف", 4, "", Kind::Masdar, "إيقاف"),
        ("ء ن ف", 10, "", Kind::Perfect, "استأنف استأنفت استأنفوا"),
        ("ء ن ف", 10, "", Kind::Masdar, "استئناف"),
        ("ء ل ف", 8, "", Kind::Perfect, "ائتلف"),
        ("ص د م", 8, "", Kind::Masdar, "اصطدام"),
        ("د ع و", 8, "", Kind::Perfect, "ادعى"),
        ("ط ل ع", 8, "", Kind::Perfect, "اطلع"),
        ("و ف ق", 8, "", Kind::Masdar, "اتفاق اتفاقات"),
        ("ح ل ل", 8, "", Kind::Perfect, "احتل احتلت احتلوا احتللنا"),
        ("ب د ء", 1, "a", Kind::Perfect, "بدأ بدأت بدأوا بدؤوا بدآ"),
        ("ن ش ء", 4, "", Kind::Masdar, "إنشاء إنشاؤ إنشائ"),
        ("ه ن ء", 2, "", Kind::Masdar, "تهنئة تهنئت"),
        ("ج ي ء", 1, "i", Kind::Perfect, "جاء جاءت جاؤوا جاءوا جئنا"),
        ("ق ر ء", 1, "a", Kind::PassiveParticiple, "مقروء مقروءة مقروءين"),
        ("و ض ع", 1, "a", Kind::Imperfect, "يضع تضع يضعون"),
        ("س ي ر", 1, "i", Kind::Imperfect, "يسير يسر"),
        ("ك و ن", 1, "u", Kind::Imperfect, "يكون يكن يكونوا"),
        ("س ي ط ر", 11, "", Kind::Masdar, "سيطرة سيطرت"),
        ("د ه و ر", 12, "", Kind::Imperfect, "يتدهور"),
        ("ح د ي", 5, "", Kind::Masdar, "تحد تحدي تحديا تحديات"),
        ("ء خ ذ", 1, "u", Kind::Imperfect, "يأخذ آخذ نأخذ"),
        ("ء م ر", 1, "u", Kind::PassiveParticiple, "مأمور"),
        ("س ء ل", 3, "", Kind::Masdar, "مساءلة"),
        ("ر ض ي", 1, "ai", Kind::Imperfect, "يرضى يرض يرضون"),
        ("ق و د", 7, "", Kind::Masdar, "انقياد"),
        ("ع ط ي", 4, "", Kind::Masdar, "إعطاء"),
    ];
    for (root, form, vowels, kind, forms) in table {
        let known: HashSet<String> = inflect(&verb(root, form, vowels))
            .into_iter()
            .filter(|f| f.kind == kind)
            .map(|f| f.surface)
            .collect();
        for form_wanted in forms.split(' ') {
            assert!(known.contains(form_wanted), "{root} {form} {kind:?}: {form_wanted} not in {known:?}");
        }
    }
}

#[test]
fn before_a_suffix_the_spelling_changes() {
    let spelled = |forms: Vec<waqai::lexicon::conjugator::Inflected>, surface: &str| {
        forms.iter().find(|f| f.surface == surface).map(|f| (f.free, f.before_suffix))
    };
    assert_eq!(spelled(inflect(&verb("ش ر ي", 8, "")), "اشترى"), Some((true, false)));
    assert_eq!(spelled(inflect(&verb("ش ر ي", 8, "")), "اشترا"), Some((false, true)));
    assert_eq!(spelled(inflect(&verb("ق ت ل", 1, "u")), "قتلوا"), Some((true, false)));
    assert_eq!(spelled(inflect(&verb("ق ت ل", 1, "u")), "قتلو"), Some((false, true)));
    assert_eq!(spelled(inflect(&verb("د ع و", 1, "u")), "دعا"), Some((true, true)));
    assert_eq!(spelled(inflect_noun("زيارة", &["زيارات"], Kind::Noun), "زيارت"), Some((false, true)));
    assert_eq!(spelled(inflect_noun("زيارة", &["زيارات"], Kind::Noun), "زيارتين"), Some((true, false)));
    assert_eq!(spelled(inflect_noun("لقاء", &[], Kind::Masdar), "لقائ"), Some((false, true)));
    assert_eq!(spelled(inflect_noun("هجوم", &[], Kind::Noun), "هجوما"), Some((true, true)));
}
