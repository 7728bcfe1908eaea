"""Articles written for these tests, and what papers do to them."""

from datetime import UTC, datetime

from pipelines.core.article import Article, RawArticle
from pipelines.core.normalization import normalize_article

START = datetime(2024, 5, 1, 8, tzinfo=UTC)

TITLE = "افتتاح جسر جديد فوق النهر بعد سبع سنوات من العمل"
PARAGRAPHS = (
    "افتتح وزير النقل صباح اليوم جسرا جديدا فوق النهر يربط ضفتي المدينة القديمة، بعد أعمال استمرت سبع سنوات وكلفت "
    "خزينة البلدية نحو 120 مليون دينار.",
    "وقال الوزير في كلمة أمام مئات السكان إن الجسر سيخفف الزحام عن وسط المدينة، وإن أكثر من 40 ألف سيارة ستعبره كل يوم "
    "حين تكتمل الطرق المؤدية إليه في الخريف المقبل.",
    "وأضاف أن المهندسين واجهوا صعوبات كبيرة في تثبيت الأعمدة بسبب التيارات القوية وتربة القاع الرخوة، فاستعانوا بخبراء "
    "من ثلاث جامعات، وعدلوا التصميم الأول مرتين قبل أن يبدأ صب الخرسانة.",
    "ورحب تجار الضفة الشرقية بالافتتاح، وقالوا إن متاجرهم خسرت نصف زبائنها خلال سنوات العمل، فيما طالب سكان الحي "
    "المجاور بحواجز تمنع الضجيج عن بيوتهم ومدارس أبنائهم.",
)
BODY = "\n".join(PARAGRAPHS)
OTHER_BODY = (
    "أعلنت إدارة المتحف الوطني أنها ستمدد ساعات الزيارة حتى منتصف الليل طوال شهر رمضان، وأن الدخول سيكون مجانا لطلاب "
    "المدارس وعائلاتهم.\nوأوضحت المديرة أن قاعات جديدة للمخطوطات والنقود القديمة ستفتح أبوابها للمرة الأولى، وأن دليلا "
    "صوتيا بأربع لغات صار متاحا على الهواتف."
)


def write(title: str, body: str, name: str = "a", source: str = "masdar", at: datetime = START) -> Article:
    """Return an article as the pipeline would normalize it."""
    return normalize_article(RawArticle(source, title, body, at.isoformat(), id=name)).article
